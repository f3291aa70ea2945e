import Wire

/// A field that may be there once is there twice.
struct DuplicateHeader: DemandRule {
    static let page = RulePage(
        "H06", "duplicate-header", .error, .high, [.wire],
        references: [
            "RFC 6455 §11.3.1", "RFC 6455 §11.3.3", "RFC 6455 §11.3.4", "RFC 6455 §11.3.5", "CWE-444",
        ], lesson: 3,
        says: """
            Sec-WebSocket-Key or -Version is there twice in a request, or -Accept or -Protocol twice in a 101.
            """,
        why: """
            One receiver takes the first, another the last, a third joins them with a comma. Where a proxy and the \
            server differ, the proxy lets pass what it should not; in the best case the handshake fails with some \
            clients only. Most often two layers of the same program each add the field.
            """,
        evidence: """
            Each of these fields is counted in every opening handshake and in every 101. Sec-WebSocket-Extensions is \
            not: the standard contradicts itself about it.
            """,
        fix: "Set the field in one place: the library writes it, and neither handler nor proxy adds it again.",
        examples: [
            .violates("two keys") { scene in
                scene.ask { handshake in
                    handshake.request.append(("Sec-WebSocket-Key", "AAECAwQFBgcICQoLDA0ODw=="))
                    handshake.status = 400
                    handshake.response = [("Content-Length", "0")]
                }
                scene.answer()
                scene.fin(.server)
                scene.fin(.client)
            },
            .violates("two subprotocols chosen") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Protocol", "chat.v1, chat.v2")
                    handshake.response += [
                        ("Sec-WebSocket-Protocol", "chat.v1"), ("Sec-WebSocket-Protocol", "chat.v2"),
                    ]
                }
                scene.fin(.client)
                scene.fin(.server)
            },
            .complies("each once") { scene in
                scene.open()
                scene.end()
            },
            .tooLittle("the recording begins later") { scene in
                scene.midstream()
                scene.text(.server, "hi")
            },
        ])

    static let owned: Set<Demand.Rule> = [
        .keyOnce, .webSocketVersionOnce, .acceptOnce, .subprotocolOnce, .extensionsOnce,
    ]
}
