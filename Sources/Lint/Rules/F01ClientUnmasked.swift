import Wire

/// A client's frames must be masked.
struct ClientUnmasked: ViolationRule {
    static let page = RulePage(
        "F01", "client-unmasked", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.1", "RFC 6455 §10.3"], lesson: 3,
        says: "A client sends a frame whose MASK bit is 0.",
        why: """
            A server must close the connection on it. The mask is no secrecy: it keeps a script in a browser from \
            choosing the bytes on the wire, which proxies that know no WebSocket could take for HTTP requests and \
            keep the answers in their cache.
            """,
        evidence: """
            On the wire, a frame of the client without a masking key; only the first fault of a frame counts. The \
            probe sends one itself: a server that goes on as if nothing had happened is told as tolerates-violation.
            """,
        fix: "Mask every frame of a client with a new random key; a library does it by itself.",
        snippets: [
            Snippet(
                .nio,
                """
                // SwiftNIO masks only what it is told to mask.
                let frame = WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: buffer)
                """)
        ],
        exceptions: "A recording in which the two directions are exchanged shows it for every frame of the server.",
        examples: [
            .violates("MASK is 0") { scene in
                scene.open()
                scene.frame(.client, .text, Array("hi".utf8), isMasked: false)
                scene.end(by: .server, 1002)
            },
            .complies("MASK is 1") { scene in
                scene.open()
                scene.text(.client, "hi")
                scene.end()
            },
            .tooLittle("the client sends no frame") { scene in
                scene.open()
                scene.text(.server, "hi")
            },
            .tooLittle("bytes of the client are missing") { scene in
                scene.open()
                scene.text(.client, "hi")
                scene.hole(.client, 10)
                scene.frame(.client, .text, Array("hi".utf8), isMasked: false)
                scene.end()
            },
        ])

    static let owned: Set<Violation.Rule> = [.clientUnmasked]
    static let sides: [Side] = [.client]
}
