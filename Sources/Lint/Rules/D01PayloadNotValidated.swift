/// A message with bad content breaks the server.
struct PayloadNotValidated: LintRule {
    static let page = RulePage(
        "D01", "payload-not-validated", .warning, .high, [.probe, .source],
        references: [
            "RFC 6455 §10.7", "OWASP WebSocket Security Cheat Sheet", "OWASP ASVS 2.2.1", "CWE-20", "CWE-755",
        ], lesson: 8,
        says: "A message that is no valid JSON, or not of the expected form, is not caught.",
        why: """
            In Node an exception in a handler that nobody catches ends the process, and with it every connection: one \
            message of one client is enough. Elsewhere it ends the connection with 1011 or without a Close, and what \
            was half done stays half done.
            """,
        evidence: """
            The probe sends at most six bad messages: broken JSON, fields of wrong types, an unknown type, JSON of depth \
            1000, the key `__proto__`, a NUL byte. It is an error where the server closes with 1011 or ends TCP without \
            a Close. In source: JSON is parsed in a handler of messages, and nothing catches what that throws.
            """,
        fix: "Parse and check against a schema in one guarded place; answer with an error, or close with 1007 or 1008.",
        snippets: [
            Snippet(
                .ws,
                """
                const Say = z.object({ type: z.literal("say"), text: z.string().max(500) });
                ws.on("message", raw => {
                  let message;
                  try {
                    message = Say.parse(JSON.parse(raw));
                  } catch {
                    return ws.send('{"type":"error","code":"bad_message"}');
                  }
                  handle(ws, message);
                });
                """),
            Snippet(
                .websockets,
                """
                async for raw in websocket:
                    try:
                        message = Say.model_validate_json(raw)
                    except pydantic.ValidationError:
                        await websocket.send('{"type":"error","code":"bad_message"}')
                        continue
                    await handle(websocket, message)
                """),
            Snippet(
                .gorilla,
                """
                var say Say
                if err := json.Unmarshal(raw, &say); err != nil || len(say.Text) > 500 {
                    err = conn.WriteJSON(Failure{Type: "error", Code: "bad_message"})
                    continue
                }
                """),
            Snippet(
                .nio,
                """
                guard let say = try? JSONDecoder().decode(Say.self, from: text), say.text.utf8.count <= 500 else {
                    return send(context, #"{"type":"error","code":"bad_message"}"#)
                }
                """),
        ],
        exceptions: "A server that hands messages on without reading them, such as a proxy.",
        examples: [
            .violates(
                "JSON.parse, and nothing catches", source: "server.js",
                """
                import { WebSocketServer } from "ws";

                const wss = new WebSocketServer({ port: 8080, maxPayload: 65536 });
                wss.on("connection", ws => {
                  ws.on("message", raw => {
                    const message = JSON.parse(raw);
                    ws.send(`${message.type} done`);
                  });
                });
                """),
            .complies(
                "caught, and answered", source: "server.js",
                """
                import { WebSocketServer } from "ws";

                const wss = new WebSocketServer({ port: 8080, maxPayload: 65536 });
                wss.on("connection", ws => {
                  ws.on("message", raw => {
                    let message;
                    try {
                      message = JSON.parse(raw);
                    } catch {
                      return ws.send('{"type":"error","code":"bad_json"}');
                    }
                    ws.send(`${message.type} done`);
                  });
                });
                """),
        ])
}
