/// A client may send as many messages as it likes.
struct NoRateLimit: LintRule {
    static let page = RulePage(
        "M04", "no-rate-limit", .warning, .medium, [.probe],
        references: ["OWASP WebSocket Security Cheat Sheet", "OWASP API4:2023", "CWE-770", "RFC 6455 §7.4.1"],
        lesson: 8,
        says: "The server processes hundreds of messages a second of one client without a limit.",
        why: """
            What limits requests in HTTP, a gateway or a web application firewall, sees one request here: the opening \
            handshake. Behind it, a single client can ask for as much work as the connection carries: logins to guess, \
            searches, messages to everybody.
            """,
        evidence: """
            The probe sends `messages` small messages within one second. A warning where all are taken: the connection \
            stays open, nothing says 1008 or 1013, and a Ping behind them is answered in less than `factor` times the \
            usual time.
            """,
        fix: """
            Give each user and each connection a bucket of messages that fills slowly; slow down who empties it, and \
            close with 1008 who goes on. A hundred a minute is a start, games need more.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                const full = 20, perSecond = 5;
                wss.on("connection", ws => {
                  let tokens = full, last = Date.now();
                  ws.on("message", message => {
                    const now = Date.now();
                    tokens = Math.min(full, tokens + (now - last) / 1000 * perSecond) - 1;
                    last = now;
                    if (tokens < 0) return ws.close(1008, "too many messages");
                    handle(ws, message);
                  });
                });
                """),
            Snippet(
                .websockets,
                """
                tokens, last = 20.0, time.monotonic()
                async for message in connection:
                    now = time.monotonic()
                    tokens, last = min(20.0, tokens + (now - last) * 5) - 1, now
                    if tokens < 0:
                        return await connection.close(1008, "too many messages")
                    await handle(connection, message)
                """),
            Snippet(
                .gorilla,
                """
                limiter := rate.NewLimiter(5, 20) // golang.org/x/time/rate
                for {
                    _, message, err := conn.ReadMessage()
                    if err != nil || limiter.Wait(ctx) != nil {
                        return
                    }
                    handle(message)
                }
                """),
        ],
        exceptions: "An echo for tests, or a game whose input comes sixty times a second: set `messages` higher.",
        thresholds: [
            Threshold("messages", .count(200), "how many messages are sent within a second"),
            Threshold(
                "factor", .ratio(2), "how many times slower a Pong becomes where the server slows the client down"),
        ],
        examples: [])
}
