import Connection
import Lint
import Testing
import Wire

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
