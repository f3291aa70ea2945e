import Wire

/// A control frame is short.
struct ControlTooLong: ViolationRule {
    static let page = RulePage(
        "F06", "control-too-long", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.5"], lesson: 3,
        says: "A Close, Ping or Pong has a payload of more than 125 bytes.",
        why: """
            The receiver must fail the connection. The usual cause is a Close whose reason is the text of an \
            exception: the peer then learns neither the reason nor the code.
            """,
        evidence: """
            On the wire, a frame with an opcode from 8 on and a length above 125; only the first fault of a frame \
            counts. The probe sends one itself: a server that goes on is told as tolerates-violation.
            """,
        fix: "Cut a Close's reason to 123 bytes, at the border of a character, and write the long text to a log.",
        snippets: [
            Snippet(
                .ws,
                """
                // ws throws a RangeError above 123 bytes.
                ws.close(1011, "cannot read the order");  // short, and nothing that is private
                """),
            Snippet(.websockets, #"await websocket.close(1011, "cannot read the order")"#),
            Snippet(
                .gorilla,
                """
                // WriteControl returns an error above 125 bytes, and sends nothing.
                message := websocket.FormatCloseMessage(websocket.CloseInternalServerErr, "cannot read the order")
                conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
                """),
        ],
        examples: [
            .violates("a Close with a stack of 200 bytes") { scene in
                scene.open()
                scene.close(.server, 1011, String(repeating: "at x;", count: 40))
                scene.close(.client, 1002)
                scene.fin(.server)
                scene.fin(.client)
            },
            .violates("a Ping of 126 bytes") { scene in
                scene.open()
                scene.frame(.client, .ping, [UInt8](repeating: 0x61, count: 126))
                scene.end(by: .server, 1002)
            },
            .complies("a Ping of 125 bytes") { scene in
                scene.open()
                scene.ping(.client, String(repeating: "a", count: 125))
                scene.pong(.server, String(repeating: "a", count: 125))
                scene.end()
            },
            .tooLittle("no control frames") { scene in
                scene.open()
                scene.text(.client, "hi")
            },
        ])

    static let owned: Set<Violation.Rule> = [.controlTooLong]
    static let judged: Set<Opcode> = [.close, .ping, .pong]
    static let nothingJudged = "no control frames"
}
