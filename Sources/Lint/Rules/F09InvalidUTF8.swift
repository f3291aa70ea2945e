import Wire

/// A text is UTF-8.
struct InvalidUTF8: ViolationRule {
    static let page = RulePage(
        "F09", "invalid-utf8", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.6", "RFC 6455 §8.1", "RFC 3629 §4"], lesson: 3,
        says: "A text message, or the reason of a Close, is not valid UTF-8.",
        why: """
            The receiver must fail the connection with 1007. It goes well in every test with English text and ends \
            the connection of the first user with an accent or an emoji: a text in Latin-1, cut in the middle of a \
            character, or binary content sent as text.
            """,
        evidence: """
            On the wire, every text message as a whole, inflated where it is compressed, and every reason of a Close; \
            a character may be cut between two fragments. The first byte that cannot be is shown. The probe sends \
            such texts itself: a server that takes them is told as tolerates-violation.
            """,
        fix: "Send bytes as a binary message; encode text as UTF-8, and cut it at the border of a character only.",
        snippets: [
            Snippet(
                .ws,
                """
                ws.send(bytes);                    // a Buffer goes as binary by itself
                ws.send(text);                     // a string is encoded as UTF-8
                // Not: ws.send(bytes, { binary: false })
                """),
            Snippet(
                .gorilla,
                """
                kind := websocket.TextMessage
                if !utf8.Valid(payload) {
                    kind = websocket.BinaryMessage
                }
                conn.WriteMessage(kind, payload)  // gorilla does not check
                """),
            Snippet(.nio, "let buffer = channel.allocator.buffer(string: text)  // a String is always valid"),
        ],
        exceptions: "An extension that is not known here may encode the payload; then only reasons are judged.",
        examples: [
            .violates("Latin-1 as text") { scene in
                scene.open()
                scene.frame(.server, .text, [0x63, 0x61, 0x66, 0xe9])
                scene.end(by: .client, 1007)
            },
            .violates("an emoji cut in the middle") { scene in
                scene.open()
                scene.frame(.client, .text, Array("👋".utf8.prefix(3)))
                scene.end(by: .server, 1007)
            },
            .violates("a reason in Latin-1") { scene in
                scene.open()
                scene.frame(.server, .close, [0x03, 0xe9, 0xe9])
                scene.close(.client, 1007)
                scene.fin(.server)
                scene.fin(.client)
            },
            .complies("a character cut between two fragments") { scene in
                scene.open()
                scene.frame(.client, .text, Array("👋".utf8.prefix(2)), fin: false)
                scene.frame(.client, .continuation, Array("👋".utf8.suffix(2)))
                scene.end()
            },
            .tooLittle("only binary messages") { scene in
                scene.open()
                scene.binary(.client, 16)
            },
        ])

    static let owned: Set<Violation.Rule> = [.invalidUTF8, .invalidUTF8Reason]
    static let judged: Set<Opcode> = [.text, .close]
    static let nothingJudged = "no text"
}
