import Connection
import Testing
import Tutor

struct LessonSessionTests {
    private static let text = """
        ---
        lesson: 1
        prefix: t
        title: Test
        minutes: 5
        about: A lesson for tests.
        ---

        ## First {#t-first}

        ```step
        learned: Done.
        ```

        Text above.

        ```predict
        id: t-guess
        ask: What will it be?
        options:
          - text: This
            why: No.
          - text: That
            right: true
            why: Yes.
        ```

        ```lab
        id: t-lab
        title: Lab
        task: Type hello.
        stage:
          - server: echo
          - hand: client
        draft: |
          hullo
        solution: |
          hello
        checks:
          - check: seen client text where payload == hello
            why: x
            ref: RFC 6455 §5.6
        ```

        ```hints
        - Nudge.
        - The rule.
        - "Type this line now: hello"
        ```

        Text between.

        ```question
        id: t-sure
        ask: How many bytes?
        number: 7
        wrong:
          - answer: "11"
            why: That is masked.
            misconception: M06
        ```

        ## Second {#t-second}

        ```step
        learned: Done, too.
        ```

        Something about zebras.

        ```recall
        id: t-recall
        ask: Say it.
        ideas: [one, two, three]
        model: One, two, three.
        ```
        """

    private static let course = Course(files: [("01-test.md", Array(text.utf8))])

    private static func session(_ progress: LessonProgress = LessonProgress()) throws -> LessonSession {
        #expect(course.faults.isEmpty, "\(course.faults)")
        return try #require(LessonSession(course, progress: progress, at: time(0)))
    }

    private static func time(_ seconds: UInt64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

    private static func passing(_ lab: Lab) -> CheckReport {
        CheckReport(
            results: lab.checks.map { CheckResult(check: $0, state: .met, difference: nil, pointer: nil) })
    }

    @Test func nothingBelowAnOpenQuestionIsShown() throws {
        var session = try LessonSessionTests.session()
        #expect(session.view(at: LessonSessionTests.time(0)).rows.count == 2)
        #expect(session.receive(.run, at: LessonSessionTests.time(0)).isEmpty)
        #expect(session.view(at: LessonSessionTests.time(0)).notice?.contains("First the question") == true)
    }

    @Test func aPredictionIsLockedInAndNotBlamed() throws {
        var session = try LessonSessionTests.session()
        let kept = session.receive(.typed("a"), at: LessonSessionTests.time(0))
        #expect(kept == [.keep(.predicted(question: "t-guess", answer: "a", isRight: false))])
        let view = session.view(at: LessonSessionTests.time(0))
        guard case .question(let shown) = view.rows[1] else {
            Issue.record("the prediction is not shown")
            return
        }
        #expect(shown.isDone)
        #expect(!shown.isRevealed)
        // The next line is none for it.
        #expect(session.receive(.typed("b"), at: LessonSessionTests.time(0)).isEmpty)
    }

    @Test func aWholeStep() throws {
        var session = try LessonSessionTests.session()
        let now = LessonSessionTests.time(0)
        _ = session.receive(.typed("b"), at: now)
        let lab = session.step.labs[0]
        guard case .startLab(1, lab, [], _)? = session.receive(.typed(""), at: now).last else {
            Issue.record("Enter does not start the lab")
            return
        }
        #expect(session.receive(.typed("too early"), at: now).isEmpty)
        _ = session.receive(.lab(.started(run: 1, notes: [])), at: now)
        #expect(session.view(at: now).prompt == .lab(hand: "you", offered: "hullo"))
        #expect(session.receive(.typed("hello"), at: now) == [.type(run: 1, "hello")])
        let report = CheckReport(results: [])
        #expect(
            session.receive(.lab(.checked(run: 1, LessonSessionTests.passing(lab), measured: [:])), at: now)
                == [.keep(.passed(lab: "t-lab"))])
        // It goes on running, and a report of another run is none of its business.
        #expect(session.receive(.lab(.checked(run: 9, report, measured: [:])), at: now).isEmpty)
        let wrong = session.receive(.typed("11"), at: now)
        #expect(
            wrong == [.keep(.answered(question: "t-sure", answer: "11", isRight: false, misconceptions: ["M06"]))])
        #expect(!session.view(at: now).isFinished)
        let right = session.receive(.typed("7"), at: now)
        #expect(right.last == .keep(.finished(step: "t-first")))
        #expect(session.view(at: now).rows.last == .learned("Done."))
        #expect(session.view(at: now).actions.first == .next)
        // Nothing moves by itself.
        #expect(session.step.id == "t-first")
    }

    @Test func hintsComeOneByOneWithAGateBetween() throws {
        var session = try LessonSessionTests.session()
        _ = session.receive(.typed("b"), at: LessonSessionTests.time(0))
        #expect(
            session.receive(.hint, at: LessonSessionTests.time(1)) == [.keep(.hinted(step: "t-first", level: 1))])
        #expect(session.receive(.hint, at: LessonSessionTests.time(5)).isEmpty)
        #expect(session.view(at: LessonSessionTests.time(5)).actions.contains(.hint(seconds: 4)))
        #expect(!session.receive(.hint, at: LessonSessionTests.time(9)).isEmpty)
        #expect(!session.receive(.hint, at: LessonSessionTests.time(17)).isEmpty)
        #expect(session.receive(.hint, at: LessonSessionTests.time(99)).isEmpty)
        let hints = session.view(at: LessonSessionTests.time(99)).rows.filter { row in
            if case .hint = row { true } else { false }
        }
        #expect(hints.count == 3)
    }

    @Test func undoPlaysTheLabWithoutTheLastLine() throws {
        var session = try LessonSessionTests.session()
        let now = LessonSessionTests.time(0)
        _ = session.receive(.typed("b"), at: now)
        _ = session.receive(.run, at: now)
        _ = session.receive(.lab(.started(run: 1, notes: [])), at: now)
        _ = session.receive(.typed("one"), at: now)
        _ = session.receive(.typed("two"), at: now)
        let requests = session.receive(.undo, at: now)
        #expect(requests.first == .stopLab(run: 1))
        guard case .startLab(2, _, ["one"], _)? = requests.last else {
            Issue.record("\(requests)")
            return
        }
    }

    @Test func whatWasDoneIsThereAgain() throws {
        var session = try LessonSessionTests.session()
        let now = LessonSessionTests.time(0)
        var records: [LessonRecord] = []
        for input in [LessonInput.typed("b"), .run] {
            for case .keep(let record) in session.receive(input, at: now) { records.append(record) }
        }
        let lab = session.step.labs[0]
        for case .keep(let record) in session.receive(
            .lab(.checked(run: 1, LessonSessionTests.passing(lab), measured: [:])), at: now)
        { records.append(record) }
        let again = try LessonSessionTests.session(LessonProgress(records))
        #expect(again.view(at: now).rows.count == session.view(at: now).rows.count)
        #expect(again.view(at: now).prompt == .answer(how: "a number"))
    }

    @Test func resetForgetsAnswersAndKeepsThatTheStepWasDone() throws {
        var progress = LessonProgress()
        progress.finished = ["t-first"]
        progress.answers = ["t-guess": "b", "t-sure": "7"]
        progress.passed = ["t-lab"]
        progress.current = "t-first"
        var session = try LessonSessionTests.session(progress)
        #expect(session.view(at: LessonSessionTests.time(0)).rows.last == .learned("Done."))
        _ = session.receive(.reset, at: LessonSessionTests.time(0))
        let view = session.view(at: LessonSessionTests.time(0))
        #expect(view.isFinished)
        #expect(view.rows.count == 2)
        #expect(session.progress.answers.isEmpty)
        #expect(session.progress.passed.isEmpty)
    }

    @Test func movingAbout() throws {
        var session = try LessonSessionTests.session()
        let now = LessonSessionTests.time(0)
        #expect(session.receive(.next, at: now) == [.keep(.opened(step: "t-second"))])
        _ = session.receive(.next, at: now)
        #expect(session.view(at: now).notice?.contains("last step") == true)
        _ = session.receive(.jump("t-first"), at: now)
        #expect(session.step.id == "t-first")
        _ = session.receive(.jump("1.2"), at: now)
        #expect(session.step.id == "t-second")
        _ = session.receive(.jump("nowhere"), at: now)
        #expect(session.view(at: now).notice?.contains("no such step") == true)
        _ = session.receive(.search("zebras"), at: now)
        #expect(session.view(at: now).hits?.map(\.step) == ["t-second"])
        #expect(session.receive(.typed(":quit"), at: now) == [.leave])
    }

    @Test func freeRecallIsTickedIdeaByIdea() throws {
        var session = try LessonSessionTests.session()
        let now = LessonSessionTests.time(0)
        _ = session.receive(.jump("t-second"), at: now)
        #expect(session.receive(.typed("short"), at: now).isEmpty)
        _ = session.receive(.typed("one and three it is"), at: now)
        #expect(session.view(at: now).prompt == .tick)
        _ = session.receive(.typed("1"), at: now)
        _ = session.receive(.typed("3"), at: now)
        let requests = session.receive(.typed(""), at: now)
        #expect(
            requests.first
                == .keep(.recalled(question: "t-recall", answer: "one and three it is", ideas: 2, of: 3)))
        #expect(requests.last == .keep(.finished(step: "t-second")))
    }

    @Test func aLabThatDiesIsToldAndCanBeBegunAnew() throws {
        var session = try LessonSessionTests.session()
        let now = LessonSessionTests.time(0)
        _ = session.receive(.typed("b"), at: now)
        _ = session.receive(.run, at: now)
        #expect(session.receive(.lab(.failed(run: 1, "the port is taken")), at: now) == [.stopLab(run: 1)])
        #expect(session.view(at: now).notice == "the port is taken")
        #expect(session.view(at: now).actions.first == .run)
        #expect(session.progress.answers == ["t-guess": "b"])
    }

    @Test func everyKindOfQuestionTakesItsRightAnswer() throws {
        for question in LessonSessionTests.course.lessons[0].steps.flatMap(\.questions) {
            #expect(try question.judge(question.rightAnswer()).isRight)
        }
        let result = LessonReaderTests.read(
            "## A {#t-a}\n\n```step\nlearned: x\n```\n\n```question\nid: t-q\nask: x\norder: [a, b, c, d]\n```\n")
        let order = try #require(result.lesson?.steps[0].questions.first)
        #expect(try order.judge(order.rightAnswer()).isRight)
        #expect(order.choices != ["a", "b", "c", "d"])
        #expect(try !order.judge("abcd").isRight)
    }
}
