import Connection
import Lint
import Testing
import Wire

/// Of healthy traffic the linter says nothing; of the same traffic with one thing broken it names that thing, by one rule
/// wherever one thing can be told from its consequences.
struct MutationTests {
    /// A chat over TLS: subprotocol, Origin, credentials, heartbeat, all kinds of frames, a clean end.
    static let clean = chat { _ in }

    /// The same with permessage-deflate agreed on, and one message compressed.
    static let compressed = chat { handshake in
        handshake.request("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")
        handshake.response("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=12")
    }

    static func chat(_ change: (inout Scene.Handshake) -> Void) -> Scene {
        Scene { scene in
            scene.open("/chat") { handshake in
                handshake.request("Sec-WebSocket-Protocol", "chat.v2, chat.v1")
                handshake.response("Sec-WebSocket-Protocol", "chat.v2")
                change(&handshake)
            }
            scene.text(.client, #"{"type":"join","room":"lobby"}"#)
            scene.text(.server, #"{"type":"joined","room":"lobby"}"#)
            scene.wait(20)
            scene.ping(.server, "beat 1")
            scene.pong(.client, "beat 1")
            scene.text(.client, #"{"type":"say","text":"good morning"}"#)
            scene.binary(.server, 300)
            scene.frame(.server, .text, Array(#"{"type":"news","#.utf8), fin: false)
            scene.frame(.server, .continuation, Array(#""text":"one and two"}"#.utf8))
            scene.wait(20)
            scene.ping(.server, "beat 2")
            scene.pong(.client, "beat 2")
            scene.binary(.client, 20)
            scene.text(.server, #"{"type":"said","text":"hello"}"#)
            scene.wait(20)
            scene.ping(.server, "beat 3")
            scene.pong(.client, "beat 3")
            scene.text(.client, #"{"type":"say","text":"bye"}"#)
            scene.text(.server, #"{"type":"said","text":"bye"}"#)
            scene.wait(5)
            scene.close(.client, 1000, "done")
            scene.close(.server, 1000, "done")
            scene.fin(.server)
            scene.fin(.client)
        }
    }

    @Test(arguments: [clean, compressed])
    func healthyTrafficGivesNothing(_ scene: Scene) {
        #expect(scene.linted().all.map(\.message) == [])
        #expect(Self.clean.linted().tallies.values.reduce(0) { $0 + $1.passed } > 20)
    }

    static func rules(_ play: Play) -> Set<RuleCode> { Set(play.scene.linted().all.map(\.rule)) }
}

/// One bit of a frame.
extension MutationTests {
    /// A frame, and for each bit from FIN to MASK the rules that see it flipped.
    struct Bits: CustomTestStringConvertible, Sendable {
        let frame: String
        let rules: [Set<RuleCode>]
        var testDescription: String { frame }
    }

    private static let rsv: [Set<RuleCode>] = [["F03"], ["F03"], ["F03"]]

    /// FIN; RSV1 to RSV3; the four bits of the opcode; MASK.
    static let bits: [Bits] = [
        // A text without its end is continued by nothing; as a Ping (1001) it wants a Pong.
        Bits(frame: #""join""#, rules: [["F08"]] + rsv + [["L03"], ["F04"], ["F04"], ["F08"], ["F01"]]),
        Bits(frame: #""joined""#, rules: [["F08"]] + rsv + [["L03"], ["F04"], ["F04"], ["F08"], ["F02"]]),
        // As a Pong (1010) a binary of 300 bytes is too long; as a continuation (0000) it has nothing to continue.
        Bits(frame: "BINARY 300", rules: [["F08"]] + rsv + [["F06"], ["F04"], ["F08"], ["F04"], ["F02"]]),
        Bits(frame: #""news""#, rules: [["F08"]] + rsv + [["F05"], ["F04"], ["F04"], ["F08"], ["F02"]]),
        // As a Close (1000) its first two bytes are no status code.
        Bits(frame: "one and two", rules: [["F08"]] + rsv + [["C03"], ["F04"], ["F08"], ["F08"], ["F02"]]),
        // As a text (0001) the Ping is none, and its Pong one that nobody asked for, which is allowed.
        Bits(frame: #"PING "beat 1""#, rules: [["F05"]] + rsv + [[], ["F04"], ["F04"], ["C03"], ["F02"]]),
        Bits(frame: #"PONG "beat 1""#, rules: [["F05"]] + rsv + [["L03"], ["F04"], ["C03"], ["F04"], ["F01"]]),
        // Its server answers what is no Close with 1000, or TCP ends without an answer.
        Bits(
            frame: "client ─▶ CLOSE",
            rules: [["F05"]] + rsv + [["F08", "C04"], ["F04", "C04"], ["C02"], ["C02"], ["F01"]]),
        Bits(frame: "server CLOSE", rules: [["F05"]] + rsv + [["F08"], ["F04"], ["C02"], ["C02"], ["F02"]]),
    ]

    @Test(arguments: bits)
    func oneBit(_ bits: Bits) {
        for (bit, expected) in bits.rules.enumerated() {
            var play = Play(Self.clean)
            play.change(bits.frame) { $0[bit / 8] ^= 0x80 >> UInt8(bit % 8) }
            #expect(Self.rules(play) == expected, "bit \(bit)")
        }
    }

    /// RSV1, where compression was agreed on.
    @Test func rsv1() {
        for (frame, expected) in [
            (#""join""#, "F11"), (#""joined""#, "F11"), ("BINARY 300", "F11"), ("one and two", "F11"),
            ("beat 1\"", "F11"),
        ] as [(String, RuleCode)] {
            for index in Self.compressed.steps.indices where Self.compressed.steps[index].caption.contains(frame) {
                var play = Play(Self.compressed)
                play.change(at: index) { $0[0] ^= 0x40 }
                #expect(Self.rules(play) == [expected], "\(frame)")
            }
        }
    }

    /// A wrong length is seen where the next header should be, or what it swallowed is missed. Whichever it is, at most
    /// one rule about frames takes it up, and none of the opening handshake or of what the messages say.
    @Test(arguments: bits)
    func oneBitOfTheLength(_ bits: Bits) {
        let consequences: Set<RuleCode> = ["L03", "C02", "C04", "C05"]
        for bit in 9..<16 {
            var play = Play(Self.clean)
            play.change(bits.frame) { $0[1] ^= 0x80 >> UInt8(bit % 8) }
            let rest = Self.rules(play).subtracting(consequences)
            #expect(rest.count <= 1 && rest.allSatisfy { $0.rawValue.hasPrefix("F") }, "bit \(bit): \(rest)")
        }
    }
}
