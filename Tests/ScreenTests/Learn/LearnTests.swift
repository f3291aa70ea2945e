import Connection
import Inspector
import Testing
import Tutor
import Wire

@testable import Screen

/// The place Learn: what its keys do, and how it looks.
struct LearnTests {
    private let live = ScreenStatus(.live)

    private func desk(_ play: Play, _ host: NotingHost) -> Desk {
        var desk = Desk(watch: Watch(log: play.log, now: play.now))
        desk.learn = LearnPlace(host: host, log: play.log)
        desk.go(to: .learn)
        return desk
    }

    private func draw(_ desk: inout Desk, _ play: Play, _ size: WatchScreenTests.Size) -> Canvas {
        while desk.scan() {}
        return desk.draw(height: size.height, width: size.width, now: play.now, status: live)
    }

    private func press(_ keys: [Key], _ desk: inout Desk, _ play: Play, _ size: WatchScreenTests.Size) {
        for key in keys {
            _ = draw(&desk, play, size)
            #expect(desk.handle(key) == nil)
        }
    }

    private func type(_ text: String) -> [Key] { text.map { .character($0) } }

    private let small = WatchScreenTests.Size(height: 24, width: 80)

    @Test func theFixtureIsALesson() {
        #expect(LessonFixture.course.faults.isEmpty, "\(LessonFixture.course.faults)")
        #expect(LessonFixture.course.stepCount == 2)
    }

    @Test(arguments: WatchScreenTests.sizes) func theLessons(_ size: WatchScreenTests.Size) throws {
        let play = try Play()
        var desk = desk(play, NotingHost())
        ScreenFile.expect(draw(&desk, play, size), "learn-lessons-\(size.name)")
        press([.character("?")], &desk, play, size)
        ScreenFile.expect(draw(&desk, play, size), "learn-help-\(size.name)")
    }

    /// From the list to the running lab: open, lock the prediction in, start.
    @Test(arguments: WatchScreenTests.sizes) func aStepFromPredictionToTheLabThatPassed(_ size: WatchScreenTests.Size)
        throws
    {
        let play = try Play()
        let host = NotingHost()
        var desk = desk(play, host)
        press([.enter], &desk, play, size)
        ScreenFile.expect(draw(&desk, play, size), "learn-predict-\(size.name)")
        press([.character("b"), .enter], &desk, play, size)
        #expect(host.progress.answers["mask-undo-predict"] == "b")
        ScreenFile.expect(draw(&desk, play, size), "learn-lab-idle-\(size.name)")
        press([.enter], &desk, play, size)
        try perform(play, host, &desk)
        ScreenFile.expect(draw(&desk, play, size), "learn-lab-running-\(size.name)")
        try pass(play, host, &desk)
        #expect(host.progress.passed == ["mask-undo-lab"])
        #expect(host.progress.finished == ["mask-undo"])
        press(desk.learn?.isTyping == true ? [.escape] : [], &desk, play, size)
        ScreenFile.expect(draw(&desk, play, size), "learn-passed-\(size.name)")
        press([.enter], &desk, play, size)
        #expect(desk.learn?.session?.step.id == "mask-recall", "the next step is one key away")
    }

    /// The lab has started, and the client has shaken hands.
    private func perform(_ play: Play, _ host: NotingHost, _ desk: inout Desk) throws {
        try play.open(1, source: "client")
        try play.shakeHands(1, "/echo")
        host.labConnections = [ConnectionID(rawValue: 1)]
        desk.learn?.receive(.started(run: host.run, notes: ["ws://127.0.0.1:9001/echo"]))
        desk.learn?.receive(.checked(run: host.run, report(), measured: [:]))
    }

    private func pass(_ play: Play, _ host: NotingHost, _ desk: inout Desk) throws {
        try play.text(1, .client, "hello")
        try play.text(1, .server, "hello")
        desk.learn?.receive(.checked(run: host.run, LabChecker([]).report(LabLog(names: []).snapshot), measured: [:]))
    }

    /// Nothing was seen: every check is open.
    private func report() -> CheckReport {
        let checks = LessonFixture.course.lessons[0].steps[0].labs[0].checks
        return LabChecker(checks).report(LabLog(names: []).snapshot)
    }

    @Test func whatIsTypedGoesToTheLab() throws {
        let play = try Play()
        let host = NotingHost()
        var desk = desk(play, host)
        press([.enter, .character("a"), .enter, .enter], &desk, play, small)
        try perform(play, host, &desk)
        #expect(desk.learn?.isTyping == true)
        press([.control("u")] + type("4 on 1?") + [.enter], &desk, play, small)
        #expect(host.requests.last == .type(run: host.run, "4 on 1?"), "digits are text while one types")
        press([.escape, .character("1")], &desk, play, small)
        #expect(desk.current == .watch, "and lead to their places when one does not")
    }

    @Test func leavingTheStepStopsTheLab() throws {
        let play = try Play()
        let host = NotingHost()
        var desk = desk(play, host)
        press([.enter, .character("a"), .enter, .enter], &desk, play, small)
        try perform(play, host, &desk)
        press([.escape, .escape], &desk, play, small)
        #expect(host.requests.last == .stopLab(run: host.run))
        #expect(desk.learn?.mode == .lessons)
    }

    @Test func enterOnAFailedCheckGoesToItsFrame() throws {
        let play = try Play()
        let host = NotingHost()
        var desk = desk(play, host)
        press([.enter, .character("a"), .enter, .enter], &desk, play, small)
        try perform(play, host, &desk)
        #expect(desk.learn?.view?.pointer == nil, "nothing was seen, so there is nothing to point at")
        #expect(desk.learn?.ladder.row(of: ConnectionID(rawValue: 1), frame: nil) != nil)
    }

    @Test func aStepIsTakenBackAndBegunAnew() throws {
        let play = try Play()
        let host = NotingHost()
        var desk = desk(play, host)
        press([.enter, .character("a"), .enter, .character("u")], &desk, play, small)
        #expect(host.progress.answers["mask-undo-predict"] == nil)
        press([.character("b"), .enter, .character("R")], &desk, play, small)
        #expect(host.progress.answers["mask-undo-predict"] == nil)
    }

    @Test func aSearchLeadsToItsStep() throws {
        let play = try Play()
        var desk = desk(play, NotingHost())
        press([.character("/")] + type("masking key") + [.enter], &desk, play, small)
        #expect(desk.learn?.mode == .hits)
        ScreenFile.expect(draw(&desk, play, small), "learn-hits-80x24")
        press([.enter], &desk, play, small)
        #expect(desk.learn?.session?.step.id == "mask-recall")
    }

    @Test func aStepIsGoneToByItsNumber() throws {
        let play = try Play()
        var desk = desk(play, NotingHost())
        press([.character(":")] + type("1.2") + [.enter], &desk, play, small)
        #expect(desk.learn?.session?.step.id == "mask-recall")
        press([.escape, .character(":")] + type("1") + [.enter], &desk, play, small)
        #expect(desk.learn?.session?.step.id == "mask-undo")
        press([.character(":")] + type("9") + [.enter], &desk, play, small)
        #expect(desk.learn?.session?.step.id == "mask-undo")
    }

    @Test func aWrongAnswerSaysWhyAndWaitsForAnother() throws {
        let play = try Play()
        let host = NotingHost()
        var desk = desk(play, host)
        desk.learn?.open(lesson: 1, step: "mask-recall")
        press(type("8") + [.enter], &desk, play, small)
        #expect(host.progress.answers["mask-recall-number"] == nil)
        #expect(desk.learn?.form?.isTyping == true)
        press([.backspace, .character("4"), .enter], &desk, play, small)
        #expect(host.progress.finished.contains("mask-recall"))
    }

    @Test func whatCannotBeKeptIsTold() throws {
        let play = try Play()
        let host = NotingHost()
        host.fault = "the disk is full"
        var desk = desk(play, host)
        press([.enter], &desk, play, small)
        #expect(draw(&desk, play, small).description.contains("! the disk is full"))
    }

    /// Where there is no room beside it, the ladder stands below the text or makes room for it.
    @Test(arguments: [(24, 70), (12, 40), (6, 20), (60, 200)])
    func itFitsIntoAnyTerminal(_ height: Int, _ width: Int) throws {
        let play = try Play()
        let host = NotingHost()
        var desk = desk(play, host)
        let size = WatchScreenTests.Size(height: height, width: width)
        press([.enter, .character("a"), .enter, .enter, .character("r")], &desk, play, size)
        try perform(play, host, &desk)
        let lines = draw(&desk, play, size).description.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == height + 1)
        #expect(lines.allSatisfy { String($0).displayWidth <= width })
    }
}
