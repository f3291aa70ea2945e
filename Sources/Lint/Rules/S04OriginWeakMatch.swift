/// The Origin is compared, but not exactly.
struct OriginWeakMatch: LintRule {
    static let page = RulePage(
        "S04", "origin-weak-match", .error, .high, [.probe, .source],
        references: [
            "RFC 6455 §10.2", "RFC 6454 §7", "OWASP WebSocket Security Cheat Sheet", "OWASP WSTG-CLNT-10",
            "CVE-2026-27977", "CWE-1385", "CWE-625",
        ], lesson: 8,
        says: "The server refuses a foreign Origin, but accepts one that only looks like its own.",
        why: """
            Names are cheap: whoever may not come from evil.example registers good.example.evil.example, or goodXexample \
            where the dot of a pattern stands for any character. And "null" is what every sandboxed frame sends, on \
            any page. A check that is nearly right protects from nobody who looks at it.
            """,
        evidence: """
            The probe finds that `https://evil.example` is refused, and that one of these is let in: "null"; the own \
            host with .evil.example behind it; the own host with a letter for its last dot; the own host with a \
            backquote and more; a subdomain test. of it; http for https. In source: an Origin that is compared by its \
            beginning, its end or a part of it, or by a pattern with a bare dot or without both anchors. A missing \
            Origin is accepted rightly: it comes from no browser, RFC 6455 §4.2.1.
            """,
        fix: "Keep a list of whole origins, scheme and port included, and look the field up in it.",
        snippets: [
            Snippet(
                .ws,
                """
                const allowed = new Set(["https://chat.example", "https://www.chat.example"]);
                if (!allowed.has(request.headers.origin)) refuse(socket, 403);
                """),
            Snippet(
                .websockets,
                """
                serve(handler, host, port, origins=["https://chat.example", "https://www.chat.example", None])
                # None stands for clients that are no browsers.
                """),
            Snippet(
                .gorilla,
                """
                var allowed = map[string]bool{"https://chat.example": true, "https://www.chat.example": true}
                upgrader := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool {
                    return allowed[r.Header.Get("Origin")]
                }}
                """),
            Snippet(
                .nio,
                """
                let allowed: Set = ["https://chat.example", "https://www.chat.example"]
                let isOwn = head.headers["origin"].allSatisfy(allowed.contains)
                """),
        ],
        exceptions: "Subdomains that are all your own, and none of which shows what others wrote.",
        examples: [
            .violates(
                "the end of a name", source: "server.js",
                """
                import http from "node:http";
                import { WebSocketServer } from "ws";

                const server = http.createServer();
                const wss = new WebSocketServer({ noServer: true, maxPayload: 65536 });
                server.on("upgrade", (request, socket, head) => {
                  const origin = request.headers.origin ?? "";
                  if (!origin.endsWith("good.example")) return socket.destroy();
                  wss.handleUpgrade(request, socket, head, ws => wss.emit("connection", ws, request));
                });
                server.listen(8080);
                """),
            .violates(
                "a bare dot", source: "server.py",
                """
                import asyncio
                import re
                from websockets.asyncio.server import serve

                async def handler(websocket):
                    if not re.match("https://good.example", websocket.request.headers["Origin"]):
                        return
                    async for message in websocket:
                        await websocket.send(message)

                async def main():
                    async with serve(handler, "localhost", 8765) as server:
                        await server.serve_forever()

                asyncio.run(main())
                """),
            .complies(
                "a list", source: "server.js",
                """
                import http from "node:http";
                import { WebSocketServer } from "ws";

                const allowed = new Set(["https://good.example"]);
                const server = http.createServer();
                const wss = new WebSocketServer({ noServer: true, maxPayload: 65536 });
                server.on("upgrade", (request, socket, head) => {
                  if (!allowed.has(request.headers.origin)) return socket.destroy();
                  wss.handleUpgrade(request, socket, head, ws => wss.emit("connection", ws, request));
                });
                server.listen(8080);
                """),
        ])
}
