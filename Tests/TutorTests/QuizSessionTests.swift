import Testing
import Tutor

@Suite struct QuizSessionTests {
    private func right(_ session: QuizSession) -> QuizEvent {
        guard case .asking(let question) = session.view.stage, case .options(let rows, _) = question.input,
            let row = rows.firstIndex(where: { $0.text == "right" })
        else { return .finish }
        return .choose(row: row)
    }

    private func wrong(_ session: QuizSession) -> QuizEvent {
        guard case .asking(let question) = session.view.stage, case .options(let rows, _) = question.input,
            let row = rows.firstIndex(where: { $0.text == "wrong" })
        else { return .finish }
        return .choose(row: row)
    }

    private func records(_ effects: [QuizEffect]) -> [AnswerRecord] {
        effects.compactMap { if case .record(let record) = $0 { record } else { nil } }
    }

    @Test func nothingIsSubmittedBeforeTheAnswerAndHowSure() {
        var session = Pupil.session([Pupil.item("a-b")])
        #expect(session.handle(.submit, at: Pupil.now).isEmpty)
        #expect(session.view.note == "Choose an option.")
        _ = session.handle(right(session), at: Pupil.now)
        #expect(session.handle(.submit, at: Pupil.now).isEmpty)
        #expect(session.view.note?.hasPrefix("How sure") == true)
        _ = session.handle(.sure(.think), at: Pupil.now)
        #expect(session.handle(.submit, at: Pupil.later(8)).count == 1)
    }

    @Test func theGradeComesFromTheBehaviour() {
        var session = Pupil.session([Pupil.item("a-b")])
        _ = session.handle(right(session), at: Pupil.later(1))
        _ = session.handle(.sure(.sure), at: Pupil.later(1))
        let record = records(session.handle(.submit, at: Pupil.later(2)))[0]
        #expect(record.grade == .easy)
        #expect(record.milliseconds == 2000)
        #expect(record.beliefs == [AnswerRecord.Belief(misconception: "M04", isHeld: false)])
    }

    @Test("Sure and wrong: the whole correction, and it comes back soon in the same sitting")
    func hypercorrection() throws {
        let items = (0..<6).map { Pupil.item("a-\($0)") }
        var session = Pupil.session(items)
        for event in [wrong(session), .sure(.sure)] { _ = session.handle(event, at: Pupil.now) }
        let record = records(session.handle(.submit, at: Pupil.later(5)))[0]
        #expect(record.grade == .again)
        #expect(record.beliefs == [AnswerRecord.Belief(misconception: "M04", isHeld: true)])
        guard case .corrected(let correction) = session.view.stage else { throw Unexpected() }
        #expect(correction.isHypercorrection)
        #expect(correction.comesBack)
        #expect(correction.rows.allSatisfy { !$0.why.isEmpty })
        var asked: [String] = []
        while !session.isFinished {
            _ = session.handle(.next, at: Pupil.later(10))
            guard case .asking(let question) = session.view.stage else { break }
            asked.append(question.id)
            for event in [right(session), .sure(.think), .submit] { _ = session.handle(event, at: Pupil.later(20)) }
        }
        #expect(asked == ["a-1", "a-2", "a-0", "a-3", "a-4", "a-5"])
        guard case .finished(let summary) = session.view.stage else { throw Unexpected() }
        // By the first answers: what came back does not make it better.
        #expect(summary.answered == 6)
        #expect(summary.right == 5)
    }

    @Test("What comes back is the sibling where there is one, and a drill has other numbers")
    func comesBackDifferently() throws {
        let drill = UnmaskGeneratorItem.item
        var session = Pupil.session([drill])
        for event in [QuizEvent.type("00"), .sure(.guess), .submit, .next] { _ = session.handle(event, at: Pupil.now) }
        guard case .asking(let question) = session.view.stage else { throw Unexpected() }
        #expect(question.id == drill.id)
        #expect(question.isRepeated)
        #expect(question.bytes != drill.bytes)
    }

    @Test func takingBackIsAsIfItHadNotBeen() throws {
        let store = try ProgressStore(path: Pupil.folder + "/p.sqlite")
        var session = Pupil.session([Pupil.item("a-1"), Pupil.item("a-2")])
        for event in [wrong(session), .sure(.sure), .submit] { try store.apply(session.handle(event, at: Pupil.now)) }
        #expect(session.view.count == 3)
        try store.apply(session.handle(.undo, at: Pupil.later(3)))
        #expect(try store.cards().isEmpty)
        #expect(session.view.count == 2)
        for event in [right(session), .submit] { try store.apply(session.handle(event, at: Pupil.later(9))) }
        #expect(try store.cards()[.init(.item, "a-1")]?.lapses == 0)
        // From the next question back to the one before.
        for event in [QuizEvent.next, .undo] { try store.apply(session.handle(event, at: Pupil.later(12))) }
        #expect(try store.cards().isEmpty)
        #expect(session.view.position == 1)
    }

    @Test func theGradeCanOnlyBeLowered() throws {
        let store = try ProgressStore(path: Pupil.folder + "/p.sqlite")
        var session = Pupil.session([Pupil.item("a-1")])
        for event in [right(session), .sure(.think), .submit, .lower, .lower, .lower] {
            try store.apply(session.handle(event, at: Pupil.later(9)))
        }
        guard case .corrected(let correction) = session.view.stage else { throw Unexpected() }
        #expect(correction.grade == .again)
        #expect(!session.view.actions.contains(.lower))
        #expect(try store.cards()[.init(.item, "a-1")]?.memory.stability == 0.212)
    }

    @Test("Between two hints is time to think; the first gives nothing away")
    func hints() throws {
        var session = Pupil.session([Pupil.item("a-1")])
        for time in [0.0, 1, 2] { _ = session.handle(.hint, at: Pupil.later(time)) }
        guard case .asking(let question) = session.view.stage else { throw Unexpected() }
        #expect(question.hints.count == 1)
        #expect(!question.hints[0].contains("right"))
        #expect(session.view.note?.contains("longer") == true)
        _ = session.handle(.hint, at: Pupil.later(9))
        for event in [right(session), .sure(.sure)] { _ = session.handle(event, at: Pupil.later(9)) }
        #expect(records(session.handle(.submit, at: Pupil.later(10)))[0].grade == .hard)
    }

    @Test func anExamWithholdsTheCorrectionsAndTakesAnyOrder() throws {
        var session = Pupil.session((0..<3).map { Pupil.item("a-\($0)") }, mode: .exam)
        _ = session.handle(.go(to: 2), at: Pupil.now)
        for event in [wrong(session), .sure(.sure), .submit] { _ = session.handle(event, at: Pupil.now) }
        guard case .asking(let question) = session.view.stage else { throw Unexpected() }
        #expect(question.id == "a-0")
        #expect(session.view.sheet.map(\.isAnswered) == [false, false, true])
        _ = session.handle(.hint, at: Pupil.now)
        #expect(session.view.note == "An exam has no hints.")
        // Another answer replaces the first.
        _ = session.handle(.go(to: 2), at: Pupil.now)
        _ = session.handle(right(session), at: Pupil.now)
        let effects = session.handle(.submit, at: Pupil.now)
        #expect(effects.first == .undo(uid: "s-1"))
        #expect(records(effects).first?.isRight == true)
        _ = session.handle(.finish, at: Pupil.now)
        guard case .finished(let summary) = session.view.stage else { throw Unexpected() }
        #expect(summary.answered == 1)
        #expect(summary.unanswered == 2)
        #expect(summary.corrections.map(\.isRight) == [true])
    }

    @Test func whatIsSkippedComesAtTheEndAndThenNotAgain() {
        var session = Pupil.session((0..<2).map { Pupil.item("a-\($0)") })
        var seen: [String] = []
        for _ in 0..<4 {
            if case .asking(let question) = session.view.stage { seen.append(question.id) }
            _ = session.handle(.skip, at: Pupil.now)
        }
        #expect(seen == ["a-0", "a-1", "a-0", "a-1"])
        #expect(session.isFinished)
    }

    @Test func anEmptySittingIsOverAndSaysSo() throws {
        let session = Pupil.session([])
        guard case .finished(let summary) = session.view.stage else { throw Unexpected() }
        #expect(summary.advice == "There is nothing to ask.")
    }
}

struct Unexpected: Error {}

enum UnmaskGeneratorItem {
    static var item: QuizItem { AllGenerators.generator("drill-unmask")!.item(seed: 3) }
}
