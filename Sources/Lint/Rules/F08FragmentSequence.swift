import Wire

/// The fragments of a message come one after the other.
struct FragmentSequence: ViolationRule {
    static let page = RulePage(
        "F08", "fragment-sequence", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.4"], lesson: 3,
        says: "A continuation has no message to continue, or a new message begins inside a fragmented one.",
        why: """
            The receiver must fail the connection, for it cannot tell which message a fragment belongs to. It happens \
            under load: two tasks send on one connection at the same time, and their frames mix.
            """,
        evidence: """
            On the wire, a frame with opcode 0 while no message is open, or with opcode 1 or 2 while one is; control \
            frames may come in between. Only the first fault of a frame counts. The probe sends both itself: a server \
            that goes on is told as tolerates-violation.
            """,
        fix: "Let one task at a time write to a connection: a lock, or a queue with a single writer.",
        snippets: [
            Snippet(
                .gorilla,
                """
                // One concurrent writer at most: everybody else sends to the channel.
                for message := range outgoing {
                    if err := conn.WriteMessage(websocket.TextMessage, message); err != nil { return }
                }
                """),
            Snippet(
                .nio,
                """
                // Without a promise in between: all fragments in one go on the event loop.
                channel.eventLoop.execute {
                    channel.write(WebSocketFrame(fin: false, opcode: .text, data: first), promise: nil)
                    channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .continuation, data: rest), promise: nil)
                }
                """),
        ],
        exceptions:
            "An extension may interleave messages; where one is agreed on that is not known here, none is judged.",
        examples: [
            .violates("a continuation of nothing") { scene in
                scene.open()
                scene.frame(.client, .continuation, Array("two".utf8))
                scene.end(by: .server, 1002)
            },
            .violates("a message inside a message") { scene in
                scene.open()
                scene.frame(.server, .text, Array("one ".utf8), fin: false)
                scene.text(.server, "news")
                scene.end(by: .client, 1002)
            },
            .complies("two fragments, a Ping between them") { scene in
                scene.open()
                scene.frame(.server, .text, Array("one ".utf8), fin: false)
                scene.ping(.server, "a")
                scene.frame(.server, .continuation, Array("two".utf8))
                scene.pong(.client, "a")
                scene.end()
            },
            .tooLittle("no data frames") { scene in
                scene.open()
                scene.end()
            },
        ])

    static let owned: Set<Violation.Rule> = [.continuationWithoutStart, .dataFrameInsideMessage]
    static let judged: Set<Opcode> = [.continuation, .text, .binary]
    static let nothingJudged = "no data frames"
}
