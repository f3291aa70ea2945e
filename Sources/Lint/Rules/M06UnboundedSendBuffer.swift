/// What a slow reader does not take piles up in the server's memory.
struct UnboundedSendBuffer: LintRule {
    static let page = RulePage(
        "M06", "unbounded-send-buffer", .warning, .medium, [.probe, .source],
        references: ["OWASP WebSocket Security Cheat Sheet", "OWASP API4:2023", "CWE-770", "CWE-400"], lesson: 9,
        says: "The server goes on sending to a client that does not read, and keeps everything in memory.",
        why: """
            `send` returns at once, whether the peer takes the bytes or not. A phone in a tunnel, or a debugger at a \
            breakpoint, reads nothing for minutes while the server publishes: each such client is a queue that grows \
            until the process is killed, with everybody's connections. Backpressure is the answer, and ignoring it is \
            the mistake that shows under load only.
            """,
        evidence: """
            The probe reads nothing on one connection with a small receive buffer while up to `published` bytes are \
            sent to it, on this machine: more than `growth` of them wait in the server's process, not in the system's \
            buffers, with the connection neither closed nor its messages held back or left out. In source, a loop that sends to all and never looks at what \
            waits: `bufferedAmount`, the result of `send`, `isWritable`.
            """,
        fix: """
            Give each connection a queue with an end. When it is full, leave out what a newer message makes stale, \
            or close with 1013; the client comes back and asks for the state.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                for (const ws of wss.clients) {
                  if (ws.bufferedAmount > 256 * 1024) { ws.terminate(); continue; }   // or leave this message out
                  ws.send(message);
                }
                """),
            Snippet(
                .websockets,
                """
                # send() waits for a slow reader: one task and a bounded queue for each connection
                try:
                    queue.put_nowait(message)
                except asyncio.QueueFull:
                    await connection.close(1013, "too slow")
                """),
            Snippet(
                .gorilla,
                """
                select {
                case client.send <- message: // a buffered channel, written to by one goroutine
                default:
                    close(client.send)
                    delete(clients, client)
                }
                conn.SetWriteDeadline(time.Now().Add(10 * time.Second))
                """),
            Snippet(
                .nio,
                """
                func channelWritabilityChanged(context: ChannelHandlerContext) {
                    isPaused = !context.channel.isWritable   // above the high watermark: stop producing
                    context.fireChannelWritabilityChanged()
                }
                """),
        ],
        exceptions:
            "Messages so few and small that a day of them fits in memory; a library that closes slow readers itself.",
        thresholds: [
            Threshold("published", .bytes(8 << 20), "how much is sent to the slow reader at most"),
            Threshold("growth", .bytes(4 << 20), "how much may wait in the process"),
        ],
        examples: [])
}
