import Connection
import Inspector
import Testing
import Wire

@testable import Screen

/// The screens of Watch as a person sees them, at the smallest usual size and at a large one.
struct WatchScreenTests {
    nonisolated struct Size: Sendable, CustomTestStringConvertible {
        let height: Int
        let width: Int
        var name: String { "\(width)x\(height)" }
        var testDescription: String { name }
    }

    nonisolated static let sizes = [Size(height: 24, width: 80), Size(height: 50, width: 160)]

    /// An ordinary afternoon: three connections, two of them open.
    private func afternoon() throws -> Play {
        let play = try Play()
        try play.open(1, port: 51540)
        try play.shakeHands(1, "/echo")
        try play.text(1, .client, "hello")
        play.wait(1)
        try play.text(1, .server, "hello")
        play.wait(700)
        try play.open(2, port: 51544)
        try play.shakeHands(2, "/chat/blue")
        try play.text(2, .client, #"{"op":"hi"}"#)
        play.wait(270)
        try play.ping(2, "tick", answeredAfter: 1)
        play.wait(329)
        try play.text(
            2, .server, #"{"user":"ada","text":"The Analytical Engine weaves algebraic patterns.","at":1843,"ok":true}"#
        )
        play.wait(40)
        try play.open(3, port: 51548)
        try play.shakeHands(3, "/ticker")
        try play.text(3, .server, #"{"tick":1}"#)
        try play.tell(3, .reset(from: .client))
        play.wait(120)
        try play.frame(2, .client, .binary, [0xca, 0xfe, 0xba, 0xbe, 0x00, 0x01])
        play.wait(15)
        try play.ping(2, "tock", answeredAfter: 12)
        play.wait(26)
        try play.text(2, .client, #"{"op":"say","text":"Grüße, 世界"}"#)
        play.wait(1500)
        return play
    }

    private func watch(_ play: Play, showing connection: UInt32? = nil) -> Watch {
        var watch = Watch(log: play.log, now: play.now)
        if let connection {
            watch.isScopeChosen = true
            watch.show(connection == 0 ? .all : .connection(ConnectionID(rawValue: connection)))
        }
        return watch
    }

    private let live = ScreenStatus(.live, advice: ["Point a client at ws://127.0.0.1:9001/echo"])

    private func draw(_ watch: inout Watch, _ play: Play, _ size: Size) -> Canvas {
        watch.draw(height: size.height, width: size.width, now: play.now, status: live)
    }

    private func press(_ keys: [Key], _ watch: inout Watch, _ play: Play, _ size: Size) {
        for key in keys {
            _ = draw(&watch, play, size)
            #expect(watch.handle(key) == nil)
        }
    }

    private func expect(
        _ play: Play, _ name: String, _ size: Size, showing connection: UInt32? = nil, pressing keys: [Key] = []
    ) {
        var watch = watch(play, showing: connection)
        press(keys, &watch, play, size)
        while watch.scan() {}
        ScreenFile.expect(draw(&watch, play, size), "\(name)-\(size.name)")
    }

    @Test(arguments: sizes) func nothingYet(_ size: Size) throws {
        expect(try Play(), "empty", size)
    }

    @Test(arguments: sizes) func theLadder(_ size: Size) throws {
        expect(try afternoon(), "watch", size, showing: 2)
    }

    @Test(arguments: sizes) func everything(_ size: Size) throws {
        expect(try afternoon(), "watch-all", size, showing: 0)
    }

    @Test(arguments: sizes) func theBits(_ size: Size) throws {
        expect(try afternoon(), "bits", size, showing: 2, pressing: [.up, .up, .up, .right, .right, .right, .right])
    }

    @Test(arguments: sizes) func theOpenFrame(_ size: Size) throws {
        expect(try afternoon(), "frame", size, showing: 2, pressing: [.enter] + Array(repeating: .right, count: 12))
    }

    @Test(arguments: sizes) func theHandshake(_ size: Size) throws {
        expect(try afternoon(), "handshake", size, showing: 2, pressing: [.character("o")])
    }

    @Test(arguments: sizes) func theEnd(_ size: Size) throws {
        let play = try afternoon()
        try play.close(2, 1001, "shutting down")
        expect(play, "end", size, showing: 2, pressing: [.character("e")])
    }

    @Test(arguments: sizes) func help(_ size: Size) throws {
        expect(try afternoon(), "help", size, showing: 2, pressing: [.character("?")])
    }
}
