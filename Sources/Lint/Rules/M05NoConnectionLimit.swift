/// One client may hold any number of connections, or open one as slowly as it likes.
struct NoConnectionLimit: LintRule {
    static let page = RulePage(
        "M05", "no-connection-limit", .note, .medium, [.probe],
        references: ["OWASP WebSocket Security Cheat Sheet", "CWE-400", "CWE-770"], lesson: 8,
        says: "The server lets one address open many connections, or takes forever to receive a request.",
        why: """
            A connection costs a file descriptor, buffers and often a subscription, for as long as it lives: a few \
            thousand from one laptop are enough. And a request that comes a byte a minute holds a place without ever \
            becoming a connection that somebody could count.
            """,
        evidence: """
            The probe opens `connections` connections without credentials, as many at a time as its budget allows, and \
            all are accepted: a note. It sends half a request, and the server still waits after `header`: a warning; \
            longer than 12 s it looks with --slow only.
            """,
        fix: """
            Limit connections by user and by address, refuse more with 429 and Retry-After; give a request 10 s to come.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                const server = http.createServer({ headersTimeout: 10_000, connectionsCheckingInterval: 2_000 });
                server.maxConnections = 10_000;
                const open = new Map();
                server.on("upgrade", (request, socket, head) => {
                  const address = socket.remoteAddress, count = open.get(address) ?? 0;
                  if (count >= 20) {
                    return socket.end("HTTP/1.1 429 Too Many Requests\\r\\nRetry-After: 60\\r\\n\\r\\n");
                  }
                  open.set(address, count + 1);
                  socket.on("close", () => open.set(address, open.get(address) - 1));
                  wss.handleUpgrade(request, socket, head, ws => wss.emit("connection", ws, request));
                });
                """),
            Snippet(.websockets, "serve(handler, host, port, open_timeout=10)  # the default"),
            Snippet(
                .gorilla,
                """
                server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
                server.Serve(netutil.LimitListener(listener, 10_000)) // golang.org/x/net/netutil
                """),
            Snippet(
                .nginx,
                """
                limit_conn_zone $binary_remote_addr zone=sockets:10m;
                client_header_timeout 10s;
                server {
                    location /chat {
                        limit_conn sockets 20;
                        limit_conn_status 429;
                    }
                }
                """),
        ],
        exceptions: "Where a gateway in front keeps the limits: it is not there when the server is probed directly.",
        thresholds: [
            Threshold("connections", .count(50), "how many connections one address may not need"),
            Threshold("header", .duration(30), "how long a request may take to come"),
        ],
        examples: [])
}
