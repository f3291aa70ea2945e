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
            while watch.scan() {}
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

    // MARK: - What is selected below the ladder

    /// Rows of connection 2 of the afternoon, from the first.
    private func rowOfAfternoon(_ index: Int) -> [Key] {
        [.character("g")] + Array(repeating: .down, count: index)
    }

    @Test(arguments: sizes) func theRequestBelow(_ size: Size) throws {
        expect(try afternoon(), "request", size, showing: 2, pressing: rowOfAfternoon(1))
    }

    @Test(arguments: sizes) func theEndBelow(_ size: Size) throws {
        expect(try afternoon(), "reset", size, showing: 3)
    }

    // MARK: - Lengths

    private func lengths() throws -> Play {
        let play = try Play()
        try play.open(1)
        try play.shakeHands(1, "/lengths")
        try play.text(1, .client, String(repeating: "7", count: 125))
        try play.text(1, .client, String(repeating: "16", count: 602))
        try play.frame(1, .client, .binary, [UInt8](repeating: 0x64, count: 70_000))
        try play.text(1, .server, "")
        return play
    }

    @Test(arguments: sizes) func aLengthOf16Bits(_ size: Size) throws {
        let keys = [Key.up, .up] + Array(repeating: .right, count: 7)
        expect(try lengths(), "bits-16-bit", size, pressing: keys)
    }

    @Test(arguments: sizes) func aLengthOf64Bits(_ size: Size) throws {
        expect(try lengths(), "bits-64-bit", size, pressing: [.up] + Array(repeating: .right, count: 7))
    }

    @Test(arguments: sizes) func aByteOfALongPayload(_ size: Size) throws {
        expect(try lengths(), "bits-byte", size, pressing: [.up, .enter] + Array(repeating: .right, count: 30))
    }

    @Test(arguments: sizes) func anEmptyPayload(_ size: Size) throws {
        expect(try lengths(), "bits-empty", size)
    }

    // MARK: - What goes wrong

    @Test(arguments: sizes) func violations(_ size: Size) throws {
        let play = try Play()
        try play.open(1)
        try play.shakeHands(1, "/broken")
        try play.frame(1, .client, .text, Array("not masked".utf8), isMasked: false)
        try play.frame(1, .server, .binary, [1, 2, 3], isMasked: true)
        try play.frame(1, .server, .reserved(3), [4], rsv1: true)
        try play.send(1, .server, [0x81, 0x7e, 0x00, 0x02, 0x68, 0x69])
        try play.frame(1, .client, .text, [0xff, 0xfe])
        try play.frame(1, .client, .ping, [], fin: false)
        try play.frame(1, .server, .close, [0x03, 0xed])
        expect(play, "violations", size, pressing: [.up, .up, .up, .up])
    }

    @Test(arguments: sizes) func hostileText(_ size: Size) throws {
        let play = try Play()
        let hostile = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}gnp.exe\u{200b}\r\n\t\u{7f}"
        try play.open(1)
        try play.send(
            1, .client,
            "GET /\u{9b}31m\u{202e}x HTTP/1.1\r\nHost: a\r\nX: \u{202e}\u{9b}2J\u{200b}\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: \(Play.nonce)\r\n\r\n")
        try play.send(1, .server, OpeningHandshake.response(key: Play.nonce))
        try play.text(1, .client, hostile)
        try play.text(1, .server, #"{"a":"\#(hostile)"}"#)
        try play.frame(1, .server, .close, [0x03, 0xe8] + Array(hostile.utf8.prefix(100)))
        expect(play, "hostile", size, pressing: [.up])
        expect(play, "hostile-handshake", size, pressing: [.character("o")])
        expect(play, "hostile-end", size, pressing: [.character("e")])
    }

    @Test(arguments: sizes) func aRefusedHandshake(_ size: Size) throws {
        let play = try Play()
        try play.open(1)
        try play.send(
            1, .client,
            "POST /chat HTTP/1.0\r\nHost: a\r\nHost: b\r\nUpgrade: websocket\r\nConnection: close\r\n"
                + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: c2hvcnQ=\r\n\r\n")
        play.wait(3)
        try play.send(
            1, .server, "HTTP/1.1 426 Upgrade Required\r\nSec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n")
        try play.tell(1, .fin(from: .server))
        try play.tell(1, .fin(from: .client))
        expect(play, "refused", size)
        expect(play, "refused-handshake", size, pressing: [.character("o")])
    }

    @Test(arguments: sizes) func holesGuessesAndEffects(_ size: Size) throws {
        let play = try Play()
        try play.open(1)
        try play.shakeHands(1, "/holes")
        try play.text(1, .client, "before")
        try play.tell(1, .hole(from: .client, count: 1204))
        try play.text(1, .client, "after")
        try play.tell(1, .effect("dropped a ping of the client"))
        try play.text(1, .server, "still here")
        expect(play, "holes", size, pressing: [.character("g"), .down, .down, .down, .down, .down])
    }

    // MARK: - How it is looked at

    @Test(arguments: sizes) func pausedWhileTrafficPoursIn(_ size: Size) throws {
        let play = try afternoon()
        var watch = watch(play, showing: 2)
        press([.character(" ")], &watch, play, size)
        for number in 0..<1204 { try play.text(2, .server, "missed \(number)") }
        ScreenFile.expect(draw(&watch, play, size), "paused-\(size.name)")
    }

    @Test(arguments: sizes) func olderRowsOnDisk(_ size: Size) throws {
        let play = try Play(limits: LogLimits(rows: 64))
        try play.open(1)
        try play.shakeHands(1, "/feed")
        for number in 0..<12_500 { try play.text(1, .server, "row \(number)") }
        expect(play, "older", size)
        expect(play, "older-first", size, pressing: [.character("g")])
    }

    @Test(arguments: sizes) func compressedAndFragmented(_ size: Size) throws {
        let play = try Play()
        try play.open(1)
        try play.shakeHands(1, "/deflate", compression: true)
        for number in 0..<3 {
            try play.compressed(1, #"{"number":\#(number),"text":"compressed with what came before"}"#)
        }
        try play.frame(1, .client, .text, Array(#"{"in":"#.utf8), fin: false)
        try play.frame(1, .client, .continuation, Array(#"["three","#.utf8), fin: false)
        try play.frame(1, .client, .continuation, Array(#""pieces"]}"#.utf8))
        expect(play, "message", size)
        expect(play, "message-inflated", size, pressing: [.up, .up, .up, .enter])
    }

    @Test(arguments: sizes) func aFilterBeingTyped(_ size: Size) throws {
        let keys = [Key.character("/")] + "opcode == pin".map { Key.character($0) }
        expect(try afternoon(), "filter-typed", size, showing: 2, pressing: keys)
    }

    @Test(arguments: sizes) func aFilter(_ size: Size) throws {
        let keys = [Key.character("/")] + "ping".map { Key.character($0) } + [.enter]
        expect(try afternoon(), "filter", size, showing: 2, pressing: keys)
    }

    @Test(arguments: sizes) func aFilterWithEverythingElse(_ size: Size) throws {
        let keys = [Key.character("/")] + "ping".map { Key.character($0) } + [.enter, .character("a"), .character("N")]
        expect(try afternoon(), "filter-all", size, showing: 2, pressing: keys)
    }

    @Test(arguments: sizes) func payloadsInTheOtherViews(_ size: Size) throws {
        for (index, view) in ["text", "json", "hex"].enumerated() {
            let keys = Array(repeating: Key.character("v"), count: index + 1)
            expect(try afternoon(), "view-\(view)", size, showing: 2, pressing: keys)
        }
    }

    @Test(arguments: sizes) func theListOfConnections(_ size: Size) throws {
        expect(try afternoon(), "list", size, showing: 2, pressing: [.character("c"), .down])
    }

    @Test(arguments: sizes) func theEndOfTheHelp(_ size: Size) throws {
        expect(try afternoon(), "help-end", size, showing: 2, pressing: [.character("?"), .character("G")])
    }

    @Test(arguments: sizes) func timesSinceTheOpeningAndSinceTheRowBefore(_ size: Size) throws {
        expect(try afternoon(), "times-open", size, showing: 2, pressing: [.character("t")])
        expect(try afternoon(), "times-last", size, showing: 2, pressing: [.character("t"), .character("t")])
    }

    @Test(arguments: sizes) func aRecordingIsShownFromItsBeginning(_ size: Size) throws {
        let play = try afternoon()
        play.finish()
        var watch = watch(play)
        let status = ScreenStatus(.file("/tmp/afternoon.pcapng"))
        ScreenFile.expect(
            watch.draw(height: size.height, width: size.width, now: play.now, status: status), "file-\(size.name)")
    }

    @Test(arguments: sizes) func aRecordingThatCannotGoOn(_ size: Size) throws {
        let play = try afternoon()
        var watch = watch(play, showing: 2)
        let status = ScreenStatus(.unrecorded("no space left on the device"))
        ScreenFile.expect(
            watch.draw(height: size.height, width: size.width, now: play.now, status: status), "unrecorded-\(size.name)"
        )
    }
}
