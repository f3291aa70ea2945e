import Testing
import Tutor

@testable import Screen

/// The place Progress.
struct StandingTests {
    private let live = ScreenStatus(.live)
    private let small = WatchScreenTests.Size(height: 24, width: 80)

    private func desk(_ fixture: QuizFixture) throws -> Desk {
        let play = try Play()
        var desk = Desk(watch: Watch(log: play.log, now: play.now))
        desk.quiz = QuizPlace(learner: fixture.learner)
        desk.standing = StandingPlace(learner: fixture.learner)
        desk.go(to: .progress)
        return desk
    }

    private func draw(_ desk: inout Desk, _ fixture: QuizFixture, _ size: WatchScreenTests.Size) -> Canvas {
        desk.draw(height: size.height, width: size.width, now: fixture.now, status: live)
    }

    private func press(_ keys: [Key], _ desk: inout Desk, _ fixture: QuizFixture, _ size: WatchScreenTests.Size) {
        for key in keys {
            _ = draw(&desk, fixture, size)
            #expect(desk.handle(key) == nil)
        }
    }

    /// Answers wrongly, being sure.
    private func learn(_ fixture: QuizFixture) throws {
        for day in 0..<3 {
            let session = try fixture.learner.quiz(topic: "masks")
            var sitting = QuizSitting(session)
            for _ in 0..<4 {
                let keys: [Key] =
                    switch sitting.question?.input {
                    case .truths: [.character("t"), .character("t"), .character("f"), .character("3")]
                    case .number: [.character(day == 0 ? "2" : "4"), .enter, .character("2")]
                    case .match: [.character("a"), .character("b"), .character("2")]
                    default: [.escape]
                    }
                for key in keys {
                    guard let effects = sitting.answer(key, at: fixture.now) else { continue }
                    try fixture.learner.study.store.apply(effects)
                }
                _ = sitting.tell(sitting.correction == nil ? .skip : .next, at: fixture.now)
            }
            fixture.wait(seconds: 9 * 86_400)
        }
    }

    @Test(arguments: WatchScreenTests.sizes) func whereNothingWasAnswered(_ size: WatchScreenTests.Size) throws {
        let fixture = try QuizFixture()
        var desk = try desk(fixture)
        ScreenFile.expect(draw(&desk, fixture, size), "progress-empty-\(size.name)")
    }

    @Test(arguments: WatchScreenTests.sizes) func whereOneStands(_ size: WatchScreenTests.Size) throws {
        let fixture = try QuizFixture()
        try learn(fixture)
        var desk = try desk(fixture)
        ScreenFile.expect(draw(&desk, fixture, size), "progress-\(size.name)")
        press([.character("G")], &desk, fixture, size)
        ScreenFile.expect(draw(&desk, fixture, size), "progress-end-\(size.name)")
    }

    @Test func theDayOfTheInterviewIsSetAndTakenBack() throws {
        let fixture = try QuizFixture()
        var desk = try desk(fixture)
        press([.character("d")] + "2026-12-10".map { .character($0) } + [.enter], &desk, fixture, small)
        #expect(desk.standing?.report?.interviewDate == "2026-12-10")
        #expect(desk.standing?.report?.daysLeft == 17)
        press([.character("d"), .control("u")] + "soon".map { .character($0) } + [.enter], &desk, fixture, small)
        #expect(desk.standing?.notice == .warning("soon is no date; write it as 2026-12-01"))
        press([.character("d"), .control("u"), .enter], &desk, fixture, small)
        #expect(desk.standing?.report?.interviewDate == nil)
    }

    @Test func reviewLeadsToTheReview() throws {
        let fixture = try QuizFixture()
        try learn(fixture)
        var desk = try desk(fixture)
        press([.character("r")], &desk, fixture, small)
        #expect(desk.current == .quiz)
        #expect(desk.quiz?.sitting?.view.title == "Review")
    }
}
