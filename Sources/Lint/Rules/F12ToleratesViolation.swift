/// A server that goes on after a frame on which it must fail the connection.
struct ToleratesViolation: LintRule {
    static let page = RulePage(
        "F12", "tolerates-violation", .error, .high, [.probe],
        references: ["RFC 6455 §5.1", "RFC 6455 §7.1.7", "RFC 6455 §8.1"], lesson: 3,
        says: "The server still answers after a frame that breaks the protocol.",
        why: """
            Whoever goes on guesses what the peer meant, and a proxy or filter in between may guess otherwise: that \
            is how a message passes that nobody checked. Faults of clients stay unseen until the server is replaced.
            """,
        evidence: """
            The probe sends one faulty frame a connection: unmasked; RSV2 set; a reserved opcode; a fragmented or too \
            long control frame; a length that is not minimal, or has its first bit set; a continuation of nothing; a \
            message inside a message; text that is no UTF-8; with permessage-deflate a Ping with RSV1. Then a Ping: a \
            Pong within `answer` is an error, and silence a warning. A Close or the end of TCP within `answer` is \
            right, and its code is judged by wrong-close-code.
            """,
        fix: "Use a framer that fails the connection: a Close with 1002, 1007 or 1009, and nothing read after it.",
        snippets: [
            Snippet(
                .gorilla,
                """
                // gorilla does not check the text of messages.
                if kind == websocket.TextMessage && !utf8.Valid(payload) {
                    message := websocket.FormatCloseMessage(websocket.CloseInvalidFramePayloadData, "")
                    conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
                    return
                }
                """),
            Snippet(
                .nio,
                """
                // SwiftNIO closes on faulty frames if this stands behind the decoder; neither it nor the decoder
                // checks the text of messages: String(validating:as:) does.
                channel.pipeline.addHandler(WebSocketProtocolErrorHandler(isServer: true))
                """),
        ],
        exceptions: "A server may be slow to end the connection; a Pong it had queued before is not counted.",
        thresholds: [Threshold("answer", .duration(2), "how long the server has to end the connection")],
        examples: [])
}
