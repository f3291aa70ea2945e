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

    private static func chat(_ change: (inout Scene.Handshake) -> Void) -> Scene {
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

/// One header field.
extension MutationTests {
    struct Line: CustomTestStringConvertible, Sendable {
        let side: Side
        let name: String
        let change: Change
        let rules: Set<RuleCode>
        var testDescription: String { "\(side)'s \(name) \(change)" }
    }

    enum Change: Sendable {
        case removed, twice
        case value(String)
    }

    private static func line(_ side: Side, _ name: String, _ change: Change, _ rules: Set<RuleCode>) -> Line {
        Line(side: side, name: name, change: change, rules: rules)
    }

    static let lines: [Line] = [
        line(.client, "GET", .value("GET /chat HTTP/1.0"), ["H03"]),
        line(.client, "GET", .value("POST /chat HTTP/1.1"), ["H03"]),
        line(.client, "GET", .value("GET /chat#top HTTP/1.1"), ["H03"]),
        line(.client, "GET", .value("GET chat HTTP/1.1"), ["H03"]),
        line(.client, "GET", .value("GET  /chat HTTP/1.1"), ["H03"]),
        line(.client, "GET", .value("GET /chat?token=kdj37fhsk3jf83hfk3 HTTP/1.1"), ["S02"]),
        line(.client, "Host", .removed, ["H03"]),
        line(.client, "Host", .twice, ["H03"]),
        line(.client, "Host", .value("chat example"), ["H03"]),
        line(.client, "Upgrade", .removed, ["H03"]),
        line(.client, "Upgrade", .value("h2c"), ["H03"]),
        line(.client, "Upgrade", .value("WebSocket"), []),
        line(.client, "Connection", .removed, ["H03"]),
        line(.client, "Connection", .value("keep-alive"), ["H03"]),
        line(.client, "Connection", .value("keep-alive, Upgrade"), []),
        line(.client, "Sec-WebSocket-Key", .removed, ["H05"]),
        line(.client, "Sec-WebSocket-Key", .twice, ["H06"]),
        line(.client, "Sec-WebSocket-Key", .value("AQIDBAU="), ["H05"]),
        line(.client, "Sec-WebSocket-Key", .value("not base64"), ["H05"]),
        line(.client, "Sec-WebSocket-Version", .removed, ["H04"]),
        line(.client, "Sec-WebSocket-Version", .twice, ["H06"]),
        line(.client, "Sec-WebSocket-Version", .value("8"), ["H04"]),
        line(.client, "Origin", .removed, []),
        line(.client, "Origin", .value("chat.example"), ["H03"]),
        line(.client, "Authorization", .removed, ["S01"]),
        line(.client, "Sec-WebSocket-Protocol", .removed, ["H07"]),
        line(.client, "Sec-WebSocket-Protocol", .twice, ["H07"]),
        line(.client, "Sec-WebSocket-Protocol", .value("chat.v1"), ["H07"]),
        line(.client, "Sec-WebSocket-Protocol", .value("chat v2"), ["H07"]),
        line(.server, "Upgrade", .removed, ["H02"]),
        line(.server, "Upgrade", .value("h2c"), ["H02"]),
        line(.server, "Upgrade", .value("WebSocket"), []),
        line(.server, "Connection", .removed, ["H02"]),
        line(.server, "Connection", .value("close"), ["H02"]),
        line(.server, "Connection", .value("keep-alive, upgrade"), []),
        line(.server, "Sec-WebSocket-Accept", .removed, ["H01"]),
        line(.server, "Sec-WebSocket-Accept", .twice, ["H06"]),
        line(.server, "Sec-WebSocket-Accept", .value("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), ["H01"]),
        line(.server, "Sec-WebSocket-Protocol", .removed, ["H07"]),
        line(.server, "Sec-WebSocket-Protocol", .twice, ["H06"]),
        line(.server, "Sec-WebSocket-Protocol", .value("chat.v3"), ["H07"]),
    ]

    @Test(arguments: lines)
    func oneHeaderField(_ line: Line) {
        var play = Play(Self.clean)
        play.rewrite(line.side == .client ? "Upgrade: websocket" : "◀─ server 101") { head in
            var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
            guard let index = lines.firstIndex(where: { $0.hasPrefix(line.name) }) else { return head }
            switch line.change {
            case .removed: lines.remove(at: index)
            case .twice: lines.insert(lines[index], at: index)
            case .value(let value): lines[index] = line.name == "GET" ? value : "\(line.name): \(value)"
            }
            return lines.joined(separator: "\r\n")
        }
        #expect(Self.rules(play) == line.rules)
    }

    /// A field that is only added.
    @Test(
        arguments: [
            (.client, "Content-Length: 5", ["H03"]), (.client, "Transfer-Encoding: chunked", ["H03"]),
            (.client, "no colon", ["H03"]), (.client, "Sec-WebSocket-Extensions: permessage-deflate; x=1", ["H09"]),
            (.client, "Sec-WebSocket-Extensions: ;", ["H09"]),
            (.client, "Sec-WebSocket-Extensions: permessage-deflate", []),
            (.server, "Content-Length: 0", ["H02"]), (.server, "Sec-WebSocket-Extensions: permessage-deflate", ["H09"]),
            (.server, "Sec-WebSocket-Extensions: x-unknown", ["H09"]), (.server, "no colon", ["H02"]),
            (.server, "Set-Cookie: session=8fj3kd93jf8dk3; Path=/", ["S07"]),
        ] as [(Side, String, Set<RuleCode>)])
    func oneMoreHeaderField(_ side: Side, _ field: String, _ expected: Set<RuleCode>) {
        var play = Play(Self.clean)
        play.rewrite(side == .client ? "Upgrade: websocket" : "◀─ server 101") {
            $0.dropLast() + field + "\r\n\r\n"
        }
        #expect(Self.rules(play) == expected)
    }
}

/// One event.
extension MutationTests {
    struct Mutation: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let rules: Set<RuleCode>
        let change: @Sendable (inout Play) -> Void

        init(_ title: String, _ rules: Set<RuleCode>, _ change: @escaping @Sendable (inout Play) -> Void) {
            testDescription = title
            self.rules = rules
            self.change = change
        }
    }

    static let mutations: [Mutation] = [
        Mutation("a Pong is missing", ["L03"]) { $0.remove(#"PONG "beat 1""#) },
        Mutation("the last Pong is missing", ["L03"]) { $0.remove(#"PONG "beat 3""#) },
        Mutation("a Pong's payload differs by one bit", ["L03"]) { $0.flip(#"PONG "beat 2""#, byte: 7) },
        Mutation("a Ping is missing", []) { $0.remove(#"PING "beat 2""#) },
        Mutation("the first fragment is missing", ["F08"]) { $0.remove(#""news""#) },
        Mutation("the last fragment is missing", ["F08"]) { $0.remove("one and two") },
        Mutation("a byte of a text is no UTF-8", ["F09"]) { $0.flip(#""joined""#, byte: 4, bit: 0) },
        Mutation("the server's Close is missing", ["C02"]) { $0.remove("server CLOSE") },
        Mutation("both Closes are missing", ["C01"]) { play in
            play.remove("client ─▶ CLOSE")
            play.remove("server CLOSE")
        },
        Mutation("a Close has a body of one byte", ["C03"]) { play in
            play.change("server CLOSE") { $0 = [0x88, 0x01, 0x03] }
        },
        Mutation("1005 is on the wire", ["C03"]) { play in
            play.change("server CLOSE") { $0.replaceSubrange(2..<4, with: [0x03, 0xed]) }
        },
        Mutation("a status code that nobody defined", ["C03"]) { play in
            play.change("server CLOSE") { $0.replaceSubrange(2..<4, with: [0x03, 0xe7]) }
        },
        Mutation("a reason that is no UTF-8", ["F09"]) { $0.flip("server CLOSE", byte: 5, bit: 0) },
        Mutation("1000 for a message that was too big", ["C04"]) { play in
            play.replace("client ─▶ CLOSE") { $0.close(.client, 1000, "message too big") }
        },
        Mutation("a text behind the Close", ["C05"]) { play in
            play.insert(before: "server: FIN") { $0.text(.server, "late") }
        },
        Mutation("the client ends TCP first", ["C02"]) { play in
            play.remove("server: FIN")
            play.insert(after: "client: FIN") { $0.fin(.server) }
        },
        Mutation("the server keeps TCP for 9 s", ["C02"]) { play in
            play.insert(before: "server: FIN") { $0.wait(9) }
        },
        Mutation("the answer to the Close comes after 12 s", ["C02"]) { play in
            play.insert(before: "server CLOSE") { $0.wait(12) }
        },
        Mutation("the recording just stops", []) { play in
            play.remove("server: FIN")
            play.remove("client: FIN")
        },
        Mutation("a frame before the 101", ["H03"]) { play in
            let first = play.steps.remove(at: play.index(#""join""#))
            play.steps.insert(first, at: play.index("◀─ server 101"))
        },
        Mutation("no TLS", ["S06"]) { play in
            play = Play(
                chat { handshake in
                    handshake.isTLS = false
                    handshake.request("Origin", "http://chat.example")
                })
        },
        Mutation("a length in 16 bits that fits into 7", ["F07"]) { play in
            play.change(#""joined""#) { $0.replaceSubrange(1..<2, with: [126, 0, $0[1]]) }
        },
        Mutation("a Ping of 126 bytes", ["F06"]) { play in
            play.insert(before: #""said","text":"hello""#) { $0.ping(.server, String(repeating: "a", count: 126)) }
        },
        Mutation("the key 0 for all frames", ["F10"]) { play in
            play.remask { _ in MaskingKey(0, 0, 0, 0) }
        },
        Mutation("one key for all frames", ["F10"]) { play in
            play.remask { _ in MaskingKey(1, 2, 3, 4) }
        },
    ]

    @Test(arguments: mutations)
    func oneThing(_ mutation: Mutation) {
        var play = Play(Self.clean)
        mutation.change(&play)
        let findings = play.scene.linted().all
        #expect(Set(findings.map(\.rule)) == mutation.rules, "\(findings.map(\.message))")
    }

    /// What several connections show together.
    @Test func severalConnections() {
        let twice = Scene { scene in
            for number in 1...2 {
                scene.on(number)
                for step in Self.clean.steps { scene.add(step.caption, step.act) }
            }
        }
        #expect(Set(twice.linted().all.map(\.rule)) == ["H05"])
    }
}
