import Wire

/// Nothing follows an endpoint's own Close.
struct DataAfterClose: ViolationRule {
    static let page = RulePage(
        "C05", "data-after-close", .error, .high, [.wire],
        references: ["RFC 6455 §5.5.1", "RFC 6455 §1.4"], lesson: 3,
        says: "A side sends a frame after its own Close.",
        why: """
            The other side need not read it, and most do not: what was sent is lost without an error. It happens \
            where one task closes while another still sends.
            """,
        evidence: """
            A frame of any kind behind a Close of the same side. Frames of the side that has not sent its Close yet \
            are right.
            """,
        fix: "Let the task that writes send the Close, too, as its last frame, and stop it there.",
        snippets: [
            Snippet(.ws, "if (ws.readyState === WebSocket.OPEN) ws.send(text);"),
            Snippet(
                .websockets,
                """
                try:
                    await websocket.send(text)
                except ConnectionClosed:
                    return  # send never writes after close
                """),
        ],
        examples: [
            .violates("a text behind the Close") { scene in
                scene.open()
                scene.close(.server, 1000)
                scene.text(.server, "one more thing")
                scene.close(.client, 1000)
                scene.fin(.server)
                scene.fin(.client)
            },
            .complies("the other side still sends") { scene in
                scene.open()
                scene.close(.server, 1000)
                scene.text(.client, "under way")
                scene.close(.client, 1000)
                scene.fin(.server)
                scene.fin(.client)
            },
            .tooLittle("no Close") { scene in
                scene.open()
                scene.text(.client, "hi")
            },
        ])

    static let owned: Set<Violation.Rule> = [.frameAfterClose]
    static let judged: Set<Opcode> = [.close]
    static let nothingJudged = "no Close"
}
