import Connection
import Testing
import Wire

/// permessage-deflate, RFC 7692, between our two endpoints and against hostile bytes.
struct EndpointCompressionTests {
    static let offers = [
        "permessage-deflate", "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; server_max_window_bits=9; client_max_window_bits=10",
        "permessage-deflate; client_max_window_bits=8",
    ]

    @Test(arguments: offers, [nil, 1, 100])
    func carriesMessagesBothWays(offer: String, pieces: Int?) throws {
        let client = try Play.client(extensions: offer)
        let server = Play()
        #expect(server.receive(Play.request(extensions: offer)) == [.requested])
        #expect(client.receive(server.sent()) == [.opened])
        #expect(server.compression == client.compression && client.compression != nil)
        let texts = (0..<4).map { round in (0..<300).map { "\(round) words that repeat \($0 % 7) " }.joined() }
        for text in texts {
            let there = client.written(.text, Array(text.utf8))
            #expect(there.count < text.utf8.count / 4 && there[0] & 0x40 != 0)
            #expect(server.receive(there, pieces: pieces) == [.text(text)])
            #expect(client.receive(server.written(.text, Array(text.utf8)), pieces: pieces) == [.text(text)])
        }
    }

    @Test func leavesShortMessagesAlone() throws {
        let play = try Play.open(.server, extensions: "permessage-deflate")
        #expect(play.written(.text, Array("short".utf8)) == Play.frame(from: .server, .text, "short"))
    }

    /// The examples of RFC 7692 §7.2.3.1 and §7.2.3.2: compressed, in fragments, and with a shared window.
    @Test(arguments: [nil, 1])
    func takesTheExamplesOfTheStandard(pieces: Int?) throws {
        let play = try Play.open(.client, extensions: "permessage-deflate")
        let whole: [UInt8] = [0xc1, 0x07, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]
        let fragments: [UInt8] = [0x41, 0x03, 0xf2, 0x48, 0xcd, 0x80, 0x04, 0xc9, 0xc9, 0x07, 0x00]
        let shared: [UInt8] = [0xc1, 0x05, 0xf2, 0x00, 0x11, 0x00, 0x00]
        #expect(
            play.receive(whole + fragments + shared, pieces: pieces) == [
                .text("Hello"), .text("Hello"), .text("Hello"),
            ])
    }

    @Test func refusesABombByWhatItBecomes() throws {
        let play = try Play.open(.server, limits: EndpointLimits(message: 1 << 20), extensions: "permessage-deflate")
        let deflater = Deflater(windowBits: 15, noContextTakeover: false)
        var bomb: [UInt8] = []
        deflater.deflate([UInt8](repeating: 0, count: 8 << 20).span, into: &bomb)
        #expect(bomb.count < 10_000)
        #expect(play.receive(Play.frame(from: .client, .binary, bomb, rsv1: true)) == [.failed])
        #expect(Array(play.sent()[2..<4]) == [0x03, 0xf1])
    }

    @Test func refusesWhatCannotBeInflated() throws {
        let play = try Play.open(.server, extensions: "permessage-deflate")
        #expect(play.receive(Play.frame(from: .client, .binary, [0xff, 0xff, 0xff], rsv1: true)) == [.failed])
        #expect(play.failure == .violation(Violation(.inflateFailed)))
    }

    @Test(arguments: [Opcode.ping, .continuation])
    func refusesRSV1WhereItHasNoMeaning(opcode: Opcode) throws {
        let play = try Play.open(.server, extensions: "permessage-deflate")
        var bytes = Play.frame(from: .client, .text, "a", fin: false)
        bytes += Play.frame(from: .client, opcode, [], rsv1: true)
        #expect(play.receive(bytes) == [.failed])
        #expect(Array(play.sent()[2..<4]) == [0x03, 0xea])
    }

    @Test func refusesCompressedTextThatIsNoUTF8() throws {
        let play = try Play.open(.server, extensions: "permessage-deflate")
        var compressed: [UInt8] = []
        Deflater(windowBits: 15, noContextTakeover: false).deflate([0x61, 0xc3, 0x28].span, into: &compressed)
        #expect(play.receive(Play.frame(from: .client, .text, compressed, rsv1: true)) == [.failed])
        #expect(Array(play.sent()[2..<4]) == [0x03, 0xef])
    }
}

extension Play {
    /// The frame with which the endpoint sends a message.
    func written(_ opcode: Opcode, _ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        payload.withUnsafeBytes { _ = endpoint.write(opcode, $0, to: &bytes) }
        return bytes
    }
}
