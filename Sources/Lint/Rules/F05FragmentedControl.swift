import Wire

/// A control frame is always whole.
struct FragmentedControl: ViolationRule {
    static let page = RulePage(
        "F05", "fragmented-control", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.4", "RFC 6455 §5.5"], lesson: 3,
        says: "A Close, Ping or Pong has FIN 0, as if more of it came.",
        why: """
            The receiver must fail the connection. A control frame may come between the fragments of a message, so \
            that a large message delays no Ping; were it fragmented itself, nobody could tell whose continuation \
            follows.
            """,
        evidence: """
            On the wire, a frame with an opcode from 8 on and FIN 0; only the first fault of a frame counts. The \
            probe sends one itself: a server that goes on is told as tolerates-violation.
            """,
        fix: "Set FIN in every control frame, and send what does not fit into 125 bytes as a message.",
        snippets: [
            Snippet(.nio, "WebSocketFrame(fin: true, opcode: .ping, data: buffer)  // fin: true, always")
        ],
        examples: [
            .violates("a Ping with FIN 0") { scene in
                scene.open()
                scene.frame(.client, .ping, Array("a".utf8), fin: false)
                scene.end(by: .server, 1002)
            },
            .complies("a Ping between two fragments") { scene in
                scene.open()
                scene.frame(.client, .text, Array("one ".utf8), fin: false)
                scene.ping(.client, "a")
                scene.pong(.server, "a")
                scene.frame(.client, .continuation, Array("two".utf8))
                scene.end()
            },
            .tooLittle("no control frames") { scene in
                scene.open()
                scene.text(.client, "hi")
            },
        ])

    static let owned: Set<Violation.Rule> = [.controlFragmented]
    static let judged: Set<Opcode> = [.close, .ping, .pong]
    static let nothingJudged = "no control frames"
}
