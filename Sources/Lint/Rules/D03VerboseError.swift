import Connection
import Wire

/// Errors tell the client about the inside of the server.
struct VerboseError: ConnectionRule {
    static let page = RulePage(
        "D03", "verbose-error", .warning, .high, [.wire, .probe],
        references: ["OWASP WebSocket Security Cheat Sheet", "OWASP ASVS 16.5.1", "CWE-209"], lesson: 8,
        says: "The server sends stack traces, database errors or paths of its source files to the client.",
        why: """
            What helps a developer helps an attacker: names of files and tables, versions of libraries, the exact place \
            where an input goes wrong. And no user can do anything with it.
            """,
        evidence: """
            The first 65,536 bytes of every text message of the server, and the reason of its Close, are searched for a \
            Python traceback, a qualified exception of Java or .NET, an error of a SQL database, and a source file's \
            path with the number of a line. Not judged: what this client has sent itself before.
            """,
        fix: "Write the error to your log under an id, and send a code, a sentence for users, and that id.",
        snippets: [
            Snippet(
                .ws,
                """
                ws.on("message", raw => {
                  try {
                    handle(ws, JSON.parse(raw));
                  } catch (error) {
                    const id = crypto.randomUUID();
                    log.error({ id, error });
                    ws.send(JSON.stringify({ type: "error", code: "internal", id }));
                  }
                });
                """),
            Snippet(
                .websockets,
                """
                try:
                    await handle(websocket, json.loads(message))
                except Exception:
                    id = uuid.uuid4().hex
                    logger.exception("error %s", id)
                    await websocket.send(json.dumps({"type": "error", "code": "internal", "id": id}))
                """),
            Snippet(
                .gorilla,
                """
                if err := handle(conn, message); err != nil {
                    id := uuid.NewString()
                    log.Printf("error %s: %v", id, err)
                    err = conn.WriteJSON(Failure{Type: "error", Code: "internal", ID: id})
                }
                """),
        ],
        exceptions: "A development server, and a service whose matter are source files: an editor, a log viewer.",
        examples: examples)

    static let watches: EventKinds = [.message, .closing]

    private var spoken: Set<PayloadScan.Kind> = []
    private var hasText = false

    init(_ settings: RuleSettings) {}

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        switch event.kind {
        case .message(let message) where message.opcode == .text:
            if message.side == .server { hasText = true }
            guard let scan = connection.scan(message, payload) else { return }
            for hit in scan.hits where hit.kind.isOfError {
                switch message.side {
                case .client: spoken.insert(hit.kind)
                case .server: tell(hit, payload, connection.place(of: message), &report)
                }
            }
        case .closing(let closure):
            guard let close = closure.wire.server, case .status(_, let reason) = close.payload else { return }
            for hit in PayloadScan(reason.span).hits where hit.kind.isOfError {
                tell(hit, reason.span, connection.place(side: .server, frame: close.frame, from: close.time), &report)
            }
        case .opened, .head, .established, .frame, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset,
            .closed:
            break
        }
    }

    private func tell(_ hit: PayloadScan.Hit, _ text: Span<UInt8>, _ place: WirePlace, _ report: inout Report) {
        guard !spoken.contains(hit.kind) else { return }
        let shown = SafeText.escape(text.extracting(hit.bytes).extracting(first: 120))
        report.add(
            "the server sends \(hit.kind.nameOfError): \(shown)", at: place, subject: hit.kind.nameOfError)
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        hasText ? .pass : .notApplicable("no text from the server")
    }
}

extension PayloadScan.Kind {
    var isOfError: Bool { !nameOfError.isEmpty }

    var nameOfError: String {
        switch self {
        case .stackTrace: "a stack trace"
        case .sourceLine: "a source file's path and line"
        case .databaseError: "an error of its database"
        case .privateKey, .cloudKey, .webToken, .namedSecret, .email, .card, .privateAddress: ""
        }
    }
}

extension VerboseError {
    private static let examples: [Example] = [
        .violates("a Python traceback") { scene in
            scene.open()
            scene.text(.client, "{")
            scene.text(.server, #"{"type":"error","message":"Traceback (most recent call last):\n  File …"}"#)
            scene.end()
        },
        .violates("a line of a Node.js stack") { scene in
            scene.open()
            scene.text(.client, #"{"type":"join"}"#)
            scene.text(
                .server, #"{"type":"error","stack":"TypeError: x\n    at join (/srv/chat/rooms.js:42:13)"}"#)
            scene.end()
        },
        .violates("an error of the database in the reason of the Close") { scene in
            scene.open()
            scene.text(.client, #"{"type":"find","name":"'"}"#)
            scene.close(.server, 1011, "You have an error in your SQL syntax near '''")
            scene.close(.client, 1011)
            scene.fin(.server)
            scene.fin(.client)
        },
        .complies("a code and an id") { scene in
            scene.open()
            scene.text(.client, "{")
            scene.text(.server, #"{"type":"error","code":"bad_json","id":"5f2c"}"#)
            scene.end()
        },
        .complies("an echo of the client's own words") { scene in
            scene.open()
            scene.text(.client, #"{"type":"say","text":"I get java.lang.NullPointerException"}"#)
            scene.text(.server, #"{"type":"said","text":"I get java.lang.NullPointerException"}"#)
            scene.end()
        },
        .tooLittle("nothing but binary messages") { scene in
            scene.open()
            scene.binary(.server, 40)
            scene.end()
        },
    ]
}
