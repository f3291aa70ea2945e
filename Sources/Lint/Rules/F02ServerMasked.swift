import Wire

/// A server's frames must not be masked.
struct ServerMasked: ViolationRule {
    static let page = RulePage(
        "F02", "server-masked", .error, .high, [.wire],
        references: ["RFC 6455 §5.1", "RFC 6455 §5.3"], lesson: 3,
        says: "A server sends a frame whose MASK bit is 1.",
        why: """
            A client must close the connection on it, and all browsers do. Only the client's frames are masked, \
            because only a client runs scripts of strangers.
            """,
        evidence: "A frame of the server with a masking key. Only the first fault of a frame counts.",
        fix: "Send the server's payload as it is; let one framer know which side it is, and mask on the client only.",
        snippets: [
            Snippet(
                .nio,
                """
                // On the server: no maskKey.
                let frame = WebSocketFrame(fin: true, opcode: .text, data: buffer)
                """)
        ],
        exceptions: "A recording in which the two directions are exchanged shows it for every frame of the client.",
        examples: [
            .violates("MASK is 1") { scene in
                scene.open()
                scene.frame(.server, .text, Array("hi".utf8), isMasked: true)
                scene.end(by: .client, 1002)
            },
            .complies("MASK is 0") { scene in
                scene.open()
                scene.text(.server, "hi")
                scene.end()
            },
            .tooLittle("the server sends no frame") { scene in
                scene.open()
                scene.text(.client, "hi")
            },
            .tooLittle("the recording begins later") { scene in
                scene.midstream()
                scene.frame(.server, .text, Array("hi".utf8), isMasked: true)
            },
        ])

    static let owned: Set<Violation.Rule> = [.serverMasked]
    static let sides: [Side] = [.server]
}
