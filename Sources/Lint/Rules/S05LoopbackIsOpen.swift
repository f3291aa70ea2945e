/// A server on this machine that every page in its browser can use.
struct LoopbackIsOpen: LintRule {
    static let page = RulePage(
        "S05", "loopback-open", .error, .high, [.probe, .source],
        references: [
            "RFC 6455 §10.2", "OWASP WebSocket Security Cheat Sheet", "CVE-2026-44211", "CVE-2026-27148", "CWE-1385",
            "CWE-306",
        ], lesson: 8,
        says: "A server on a loopback address asks neither who connects nor from which page.",
        why: """
            Loopback keeps other machines out, not other pages: any site that is open in a browser on this machine can \
            connect to 127.0.0.1, and browsers apply no same-origin policy to WebSocket. Development servers and \
            assistants that run programs were taken over that way.
            """,
        evidence: """
            The server listens on 127.0.0.1, ::1, localhost, or on every address, and both S01 (no authentication) and \
            S03 (Origin not checked) hold for it.
            """,
        fix: "Check the Origin, and demand a token that is random for every run and printed in the terminal.",
        snippets: [
            Snippet(
                .ws,
                """
                const token = crypto.randomBytes(16).toString("hex");
                const own = new Set([undefined, `http://localhost:${port}`, `http://127.0.0.1:${port}`]);
                server.on("upgrade", (request, socket, head) => {
                  const url = new URL(request.url, "http://localhost");
                  const isOwn = own.has(request.headers.origin) && url.searchParams.get("ticket") === token;
                  if (!isOwn) return socket.end("HTTP/1.1 403 Forbidden\\r\\nConnection: close\\r\\n\\r\\n");
                  wss.handleUpgrade(request, socket, head, ws => wss.emit("connection", ws, request));
                });
                console.log(`ws://127.0.0.1:${port}/?ticket=${token}`);
                """),
            Snippet(
                .websockets,
                """
                serve(handler, "127.0.0.1", port, origins=[None, f"http://localhost:{port}"],
                      process_request=demand_token)
                """),
            Snippet(
                .gorilla,
                """
                // The default CheckOrigin demands the request's own host: keep it, and ask for a token.
                if subtle.ConstantTimeCompare([]byte(r.URL.Query().Get("ticket")), token) != 1 {
                    http.Error(w, "who are you?", http.StatusForbidden)
                    return
                }
                """),
        ],
        exceptions: "A server that lives for one test, on a machine without a browser.",
        examples: [
            .violates(
                "any page may use it", source: "server.js",
                """
                import { WebSocketServer } from "ws";

                const wss = new WebSocketServer({ host: "127.0.0.1", port: 3484, maxPayload: 65536 });
                wss.on("connection", ws => {
                  ws.on("message", message => ws.send(`done: ${message}`));
                });
                """),
            .complies(
                "its own page and a token", source: "server.py",
                """
                import asyncio
                import http
                import secrets
                from websockets.asyncio.server import serve

                TOKEN = secrets.token_urlsafe(16)

                def demand_token(connection, request):
                    if not secrets.compare_digest(request.path, f"/?ticket={TOKEN}"):
                        return connection.respond(http.HTTPStatus.FORBIDDEN, "Who are you?\\n")

                async def handler(websocket):
                    async for message in websocket:
                        await websocket.send(f"done: {message}")

                async def main():
                    origins = [None, "http://localhost:3484"]
                    async with serve(
                        handler, "127.0.0.1", 3484, origins=origins, process_request=demand_token
                    ) as server:
                        print(f"ws://127.0.0.1:3484/?ticket={TOKEN}")
                        await server.serve_forever()

                asyncio.run(main())
                """),
        ])
}
