import Connection
import Testing
import Wire

/// What a peer must not send: the connection fails with the right code, however the bytes are cut.
struct EndpointViolationTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let name: String
        let rule: Violation.Rule
        let bytes: [UInt8]
        var testDescription: String { name }

        init(_ name: String, _ rule: Violation.Rule, _ frames: [UInt8]...) {
            self.name = name
            self.rule = rule
            bytes = frames.flatMap { $0 }
        }
    }

    /// What a client sends to a server.
    static let vectors = [
        Vector("unmasked", .clientUnmasked, Play.frame(from: .server, .text, "hi")),
        Vector(
            "RSV1 without compression", .reservedBit, Play.frame(from: .client, .text, Array("hi".utf8), rsv1: true)),
        Vector("RSV2", .reservedBit, [0xa1, 0x80, 0, 0, 0, 0]),
        Vector("RSV3 on a Ping", .reservedBit, [0x99, 0x80, 0, 0, 0, 0]),
        Vector("opcode 3", .reservedOpcode, [0x83, 0x80, 0, 0, 0, 0]),
        Vector("opcode F", .reservedOpcode, [0x8f, 0x80, 0, 0, 0, 0]),
        Vector("fragmented Ping", .controlFragmented, Play.frame(from: .client, .ping, "a", fin: false)),
        Vector(
            "Ping of 126 bytes", .controlTooLong, [0x89, 0xfe, 0, 126, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 126)),
        Vector("two bytes for a length of 5", .lengthNotMinimal, [0x81, 0xfe, 0, 5, 0, 0, 0, 0]),
        Vector(
            "eight bytes for a length of 65535", .lengthNotMinimal,
            [0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0]),
        Vector("length 2^63", .lengthTopBit, [0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        Vector(
            "length 2^63 - 1", .frameTooBig, [0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
        Vector("continuation of nothing", .continuationWithoutStart, Play.frame(from: .client, .continuation, "a")),
        Vector(
            "a message inside a message", .dataFrameInsideMessage,
            Play.frame(from: .client, .text, "a", fin: false), Play.frame(from: .client, .text, "b")),
        Vector("text that is no UTF-8", .invalidUTF8, Play.frame(from: .client, .text, [0x61, 0xff, 0x62])),
        Vector("text that ends inside a character", .invalidUTF8, Play.frame(from: .client, .text, [0xe2, 0x82])),
        Vector("a surrogate", .invalidUTF8, Play.frame(from: .client, .text, [0xed, 0xa0, 0x80])),
        Vector(
            "a character broken by fragments", .invalidUTF8,
            Play.frame(from: .client, .text, [0xe2, 0x82], fin: false),
            Play.frame(from: .client, .continuation, [0x28])),
        Vector("Close with one byte", .closeBodyOneByte, Play.frame(from: .client, .close, [3])),
        Vector(
            "Close with a reason that is no UTF-8", .invalidUTF8Reason,
            Play.frame(from: .client, .close, [3, 232, 0xff])),
    ]

    @Test(arguments: vectors, [nil, 1, 2, 3, 5])
    func failsTheConnection(vector: Vector, pieces: Int?) throws {
        let play = try Play.open(.server)
        let before = Play.frame(from: .client, .text, "before")
        let after = Play.frame(from: .client, .text, "after")
        let told = play.receive(before + vector.bytes + after, pieces: pieces)
        #expect(told == [.text("before"), .failed])
        guard case .violation(let violation)? = play.failure else {
            Issue.record("failed for another reason: \(String(describing: play.failure))")
            return
        }
        #expect(violation.rule == vector.rule)
        let close = play.sent()
        #expect(close[0] == 0x88 && close[1] & 0x80 == 0)
        #expect(UInt16(close[2]) << 8 | UInt16(close[3]) == vector.rule.statusCode.rawValue)
        #expect(close.count == Int(close[1]) + 2, "nothing behind the Close")
        #expect(play.state == .closed)
        #expect(play.tcp == .finish)
        #expect(play.closeCode == .abnormalClosure)
        #expect(!play.isClosingHandshakeComplete)
    }

    @Test(arguments: [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535] as [UInt16])
    func refusesCodesThatMustNotBeOnTheWire(code: UInt16) throws {
        let play = try Play.open(.server)
        let body = [UInt8(code >> 8), UInt8(code & 0xff)]
        #expect(play.receive(Play.frame(from: .client, .close, body)) == [.failed])
        #expect(Array(play.sent()[2..<4]) == [0x03, 0xea])
    }

    /// A server must not mask, and a client fails on one that does.
    @Test func clientRefusesMaskedFrames() throws {
        let play = try Play.open(.client)
        #expect(play.receive(Play.frame(from: .client, .text, "hi")) == [.failed])
        #expect(play.failure == .violation(Violation(.serverMasked, bits: 8..<9)))
        #expect(play.sent()[1] & 0x80 != 0, "the client's own Close is masked")
    }

    /// §8.1 with no more delay than the bytes have: neither the frame nor the message needs to be complete.
    @Test func judgesTextAsItsBytesArrive() throws {
        let play = try Play.open(.server)
        let frame = Play.frame(
            from: .client, .text, Array("good ".utf8) + [0xc0] + [UInt8](repeating: 0x61, count: 100))
        #expect(play.receive(Array(frame[..<11])) == [])
        #expect(play.receive([frame[11]]) == [.failed])
        #expect(Array(play.sent()[2..<4]) == [0x03, 0xef])
    }

    /// A length over the limit is refused by its header, before a byte of it was waited for.
    @Test func judgesAHeaderBeforeItsPayload() throws {
        let play = try Play.open(.server, limits: EndpointLimits(message: 1000))
        #expect(play.receive([0x82, 0xfe, 0x03, 0xe9, 0, 0, 0, 0]) == [.failed])
        #expect(Array(play.sent()[2..<4]) == [0x03, 0xf1])
    }

    /// No bytes of a peer, cut anywhere, crash an endpoint; and the cuts make no difference.
    @Test(arguments: Side.allCases, 0..<64)
    func standsGarbage(side: Side, seed: UInt64) throws {
        var random = Garbage(seed: seed)
        var bytes: [UInt8] = []
        for _ in 0..<20 { bytes += random.frame(from: side.peer) }
        let whole = try Play.open(side)
        let expected = whole.receive(bytes)
        let output = whole.sent()
        for pieces in [1, 7, 64] {
            let play = try Play.open(side)
            #expect(play.receive(bytes, pieces: pieces) == expected)
            #expect(play.sent() == output)
            #expect(play.failure == whole.failure)
        }
    }
}

/// Frames that are mostly right.
private struct Garbage: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 1 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }

    mutating func frame(from side: Side) -> [UInt8] {
        let opcodes: [Opcode] = [.text, .binary, .continuation, .ping, .pong, .text, .binary, .close]
        let opcode = opcodes.randomElement(using: &self) ?? .text
        let length = Int.random(in: 0...(opcode.isControl ? 20 : 400), using: &self)
        let payload = (0..<length).map { _ in UInt8.random(in: 0x20...0x7e, using: &self) }
        let fin = opcode.isControl || Bool.random(using: &self)
        var frame = Play.frame(from: side, opcode, opcode == .close ? [3, 232] + payload : payload, fin: fin)
        if Int.random(in: 0..<12, using: &self) == 0 {
            frame[Int.random(in: 0..<frame.count, using: &self)] ^= UInt8.random(in: 1...255, using: &self)
        }
        return frame
    }
}
