import Connection
import Testing
import Tutor

@testable import Screen

/// The place Quiz: what its keys do, and how it looks.
struct QuizTests {
    private let live = ScreenStatus(.live)
    private let small = WatchScreenTests.Size(height: 24, width: 80)

    private func desk(_ fixture: QuizFixture) throws -> Desk {
        let play = try Play()
        var desk = Desk(watch: Watch(log: play.log, now: play.now))
        desk.quiz = QuizPlace(learner: fixture.learner)
        desk.go(to: .quiz)
        return desk
    }

    private func draw(_ desk: inout Desk, _ fixture: QuizFixture, _ size: WatchScreenTests.Size) -> Canvas {
        desk.draw(height: size.height, width: size.width, now: fixture.now, status: live)
    }

    private func press(
        _ keys: [Key], _ desk: inout Desk, _ fixture: QuizFixture, _ size: WatchScreenTests.Size? = nil
    ) {
        for key in keys {
            _ = draw(&desk, fixture, size ?? small)
            fixture.wait(seconds: 1)
            #expect(desk.handle(key) == nil)
        }
    }

    private func type(_ text: String) -> [Key] { text.map { .character($0) } }

    /// Answers the question that is shown, whatever its kind, rightly or not.
    private func answer(_ desk: inout Desk, _ fixture: QuizFixture, sure: Character = "2") throws {
        let question = try #require(desk.quiz?.sitting?.question)
        switch question.input {
        case .truths(let truths):
            press(
                type(truths.map { $0.text.contains("every frame") ? "t" : "f" }.joined() + String(sure)), &desk, fixture
            )
        case .number: press(type("4") + [.enter] + type(String(sure)), &desk, fixture)
        case .order(let steps):
            let first = steps.firstIndex { $0.hasPrefix("FIN") } ?? 0
            press(Array(repeating: .down, count: first), &desk, fixture)
            press(type(String(repeating: "K", count: first)), &desk, fixture)
            guard case .order(let moved)? = desk.quiz?.sitting?.question?.input else { return }
            let second = moved.firstIndex { $0.hasPrefix("Payload") } ?? 1
            press(Array(repeating: .down, count: second), &desk, fixture)
            press(type(String(repeating: "K", count: second - 1)), &desk, fixture)
            if first == 0, second == 1 { press([.enter], &desk, fixture) }
            press(type(String(sure)), &desk, fixture)
        case .match(let lefts, let rights, _):
            let letters = lefts.map { left in
                AnswerForm.letter(rights.firstIndex(of: left == "Client" ? "always" : "never") ?? 0)
            }
            press(type(letters.joined() + String(sure)), &desk, fixture)
        case .essay:
            press(type("The key is random, for the sake of proxies.") + [.control("d")], &desk, fixture)
            press(type("ab") + [.enter], &desk, fixture)
        case .options, .hex, .fill, .ideas: Issue.record("the fixture has no such question")
        }
    }

    @Test(arguments: WatchScreenTests.sizes) func theMenu(_ size: WatchScreenTests.Size) throws {
        let fixture = try QuizFixture()
        var desk = try desk(fixture)
        ScreenFile.expect(draw(&desk, fixture, size), "quiz-menu-\(size.name)")
        press([.character("?")], &desk, fixture, size)
        ScreenFile.expect(draw(&desk, fixture, size), "quiz-help-\(size.name)")
    }

    @Test(arguments: WatchScreenTests.sizes) func aQuestionAndItsCorrection(_ size: WatchScreenTests.Size) throws {
        let fixture = try QuizFixture()
        var desk = try desk(fixture)
        desk.quiz?.begin(topic: "masks")
        for _ in 0..<5 where desk.quiz?.sitting?.question?.id != "masks-facts" {
            press(desk.quiz?.sitting?.isTyping == true ? [.escape] : [], &desk, fixture, size)
            press([.character("s")], &desk, fixture, size)
        }
        ScreenFile.expect(draw(&desk, fixture, size), "quiz-question-\(size.name)")
        press(type("ttf"), &desk, fixture, size)
        ScreenFile.expect(draw(&desk, fixture, size), "quiz-sure-\(size.name)")
        press(type("3"), &desk, fixture, size)
        ScreenFile.expect(draw(&desk, fixture, size), "quiz-correction-\(size.name)")
        #expect(desk.quiz?.sitting?.correction?.isHypercorrection == true)
    }

    @Test func aWholeSittingByKeyboard() throws {
        let fixture = try QuizFixture()
        var desk = try desk(fixture)
        desk.quiz?.begin(topic: "masks")
        for _ in 0..<5 {
            try answer(&desk, fixture)
            #expect(desk.quiz?.sitting?.correction?.isRight == true, "\(String(describing: desk.quiz?.sitting?.view))")
            press([.enter], &desk, fixture)
        }
        #expect(desk.quiz?.sitting?.summary?.right == 5)
        ScreenFile.expect(draw(&desk, fixture, small), "quiz-summary-80x24")
        press([.enter], &desk, fixture)
        #expect(desk.quiz?.mode == .menu)
        #expect(try fixture.learner.study.store.cards().keys.count { $0.kind == .item } == 5, "all is kept")
    }

    /// On a later day what was learnt is due.
    @Test func aReviewOnALaterDay() throws {
        let fixture = try QuizFixture()
        var first = try desk(fixture)
        first.quiz?.begin(topic: "masks")
        try answer(&first, fixture)
        fixture.wait(seconds: 30 * 86_400)
        var desk = try desk(fixture)
        #expect(desk.quiz?.due == 1)
        #expect(desk.places.contains(.quiz(1)))
        press([.enter], &desk, fixture)
        #expect(desk.quiz?.sitting?.view.title == "Review")
        try answer(&desk, fixture, sure: "3")
        #expect(desk.quiz?.due == 0)
    }

    @Test func digitsTellHowSureOneIsOnlyWhereThatIsAsked() throws {
        let fixture = try QuizFixture()
        var desk = try desk(fixture)
        desk.quiz?.begin(topic: "masks")
        press(desk.quiz?.sitting?.isTyping == true ? [.escape] : [], &desk, fixture)
        press([.character("1")], &desk, fixture)
        #expect(desk.current == .watch)
    }

    @Test(arguments: WatchScreenTests.sizes) func oneSOwnWordsBesideTheIdeas(_ size: WatchScreenTests.Size) throws {
        let fixture = try QuizFixture()
        var desk = try desk(fixture)
        desk.quiz?.begin(topic: "masks")
        for _ in 0..<5 where desk.quiz?.sitting?.question?.id != "masks-free" {
            press(desk.quiz?.sitting?.isTyping == true ? [.escape] : [], &desk, fixture, size)
            press([.character("s")], &desk, fixture, size)
        }
        press(type("The key is random, so that no script chooses what a proxy reads."), &desk, fixture, size)
        ScreenFile.expect(draw(&desk, fixture, size), "quiz-essay-\(size.name)")
        press([.control("d"), .character("b")], &desk, fixture, size)
        ScreenFile.expect(draw(&desk, fixture, size), "quiz-ideas-\(size.name)")
    }

    /// Two questions, follow-ups, verdicts, the summary: all by keyboard, and at each stage a screen.
    @Test(arguments: WatchScreenTests.sizes) func anInterview(_ size: WatchScreenTests.Size) throws {
        let fixture = try QuizFixture()
        var desk = try desk(fixture)
        desk.quiz?.begin(.interview(minutes: 10))
        var seen: Set<String> = []
        for _ in 0..<80 where desk.quiz?.interview?.report == nil {
            let stage = try #require(desk.quiz?.interview?.view.stage)
            let name = InterviewTestNames.name(stage)
            if seen.insert(name).inserted {
                ScreenFile.expect(draw(&desk, fixture, size), "interview-\(name)-\(size.name)")
            }
            switch stage {
            case .intro, .think, .verdict, .drillResult: press([.enter], &desk, fixture, size)
            case .answer, .followUp, .cut, .summary:
                press(type("A protocol over TCP, opened by an Upgrade.") + [.control("d")], &desk, fixture, size)
            case .tick: press([.character(" "), .enter], &desk, fixture, size)
            case .compare: press([.character("2"), .enter], &desk, fixture, size)
            case .order: press([.character("J"), .enter], &desk, fixture, size)
            case .finished: break
            }
        }
        #expect(desk.quiz?.interview?.report != nil)
        ScreenFile.expect(draw(&desk, fixture, size), "interview-report-\(size.name)")
        #expect(
            seen.isSuperset(of: ["intro", "think", "answer", "tick", "follow-up", "compare", "verdict", "summary"]))
        #expect(try fixture.learner.study.store.lastReport() != nil)
    }

    /// What was typed up to a moment before is there when one comes back.
    @Test func anInterviewThatWasCutOffGoesOn() throws {
        let fixture = try QuizFixture()
        var desk = try desk(fixture)
        desk.quiz?.begin(.interview(minutes: 10))
        press([.enter, .enter] + type("It is a pro"), &desk, fixture)
        var other = try self.desk(fixture)
        #expect(other.quiz?.menu.entries.first == .resume)
        press([.enter], &other, fixture)
        #expect(other.quiz?.interview?.form?.inputs.first?.string == "It is a pro")
    }

    @Test func anUnknownTopicIsTold() throws {
        let fixture = try QuizFixture()
        var desk = try desk(fixture)
        desk.quiz?.begin(topic: "mask")
        #expect(desk.quiz?.notice == .warning("there is no topic mask; did you mean masks?"))
    }
}

/// Names of stages for the files of their screens.
enum InterviewTestNames {
    static func name(_ stage: InterviewView.Stage) -> String {
        switch stage {
        case .intro: "intro"
        case .think: "think"
        case .answer: "answer"
        case .tick: "tick"
        case .followUp: "follow-up"
        case .compare: "compare"
        case .verdict: "verdict"
        case .order: "order"
        case .cut: "cut"
        case .summary: "summary"
        case .drillResult: "result"
        case .finished: "finished"
        }
    }
}
