import Connection
import Inspector
import Lint
import Testing
import Wire

@testable import Screen

/// The place Lint, and the way from a finding to its evidence.
struct LintScreenTests {
    private let live = ScreenStatus(.live)

    /// Two connections with a mistake each, seen by some of the rules.
    private func faulty() throws -> Play {
        let play = try Play(rules: ["F03", "L01", "L03"])
        try play.open(1, port: 51540)
        try play.shakeHands(1, "/echo")
        try play.text(1, .client, "hello")
        try play.frame(1, .server, .text, Array("hello".utf8), rsv1: true)
        play.wait(20)
        try play.close(1, 1000)
        try play.open(2, port: 51544)
        try play.shakeHands(2, "/chat/blue")
        try play.text(2, .client, #"{"op":"hi"}"#)
        play.wait(94_000)
        try play.text(2, .server, #"{"op":"hello"}"#)
        try play.close(2, 1000)
        play.finish()
        return play
    }

    private func desk(_ play: Play) -> Desk {
        var desk = Desk(watch: Watch(log: play.log, now: play.now), lint: LintPlace())
        desk.take(play.linter.findings)
        return desk
    }

    private func press(_ keys: [Key], _ desk: inout Desk, _ play: Play, _ size: WatchScreenTests.Size) {
        for key in keys {
            _ = draw(&desk, play, size)
            #expect(desk.handle(key) == nil)
        }
    }

    private func draw(_ desk: inout Desk, _ play: Play, _ size: WatchScreenTests.Size) -> Canvas {
        desk.draw(height: size.height, width: size.width, now: play.now, status: live)
    }

    private func expect(_ name: String, _ size: WatchScreenTests.Size, pressing keys: [Key], _ play: Play) {
        var desk = desk(play)
        press(keys, &desk, play, size)
        ScreenFile.expect(draw(&desk, play, size), "\(name)-\(size.name)")
    }

    @Test(arguments: WatchScreenTests.sizes)
    func findings(_ size: WatchScreenTests.Size) throws {
        expect("lint", size, pressing: [.character("4")], try faulty())
    }

    @Test(arguments: WatchScreenTests.sizes)
    func theSecondFinding(_ size: WatchScreenTests.Size) throws {
        expect("lint-second", size, pressing: [.character("4"), .down], try faulty())
    }

    @Test(arguments: WatchScreenTests.sizes)
    func nothingFound(_ size: WatchScreenTests.Size) throws {
        expect("lint-empty", size, pressing: [.character("4")], try Play())
    }

    @Test(arguments: WatchScreenTests.sizes)
    func theRule(_ size: WatchScreenTests.Size) throws {
        expect("lint-rule", size, pressing: [.character("4"), .down, .character("e")], try faulty())
    }

    /// Enter leads to the frame, its guilty bits selected; the ladder behind it shows a mark.
    @Test(arguments: WatchScreenTests.sizes)
    func theEvidence(_ size: WatchScreenTests.Size) throws {
        expect("lint-evidence", size, pressing: [.character("4"), .enter], try faulty())
        expect("lint-mark", size, pressing: [.character("4"), .enter, .escape], try faulty())
    }

    @Test func ignoringNeedsAReason() throws {
        let play = try faulty()
        let size = WatchScreenTests.sizes[0]
        var desk = desk(play)
        press([.character("4"), .character("i"), .enter], &desk, play, size)
        let before = try #require(desk.lint)
        #expect(before.count == before.listed.count)
        let words = "known".map { Key.character($0) }
        press([.character("i")] + words + [.enter], &desk, play, size)
        let after = try #require(desk.lint)
        #expect(after.count == before.count - 1)
        #expect(after.listed.last?.suppression == .ignored(reason: "known"))
        #expect(after.listed.count == before.listed.count)
    }

    @Test func digitsAreTextWhileOneTypes() throws {
        let play = try faulty()
        let size = WatchScreenTests.sizes[0]
        var desk = desk(play)
        press([.character("/"), .character("4")], &desk, play, size)
        #expect(desk.watch.prompt?.string == "4")
    }
}
