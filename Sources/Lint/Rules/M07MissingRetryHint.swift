import Connection
import Wire

/// A client is sent away without a word on when to come back.
struct MissingRetryHint: ConnectionRule {
    static let page = RulePage(
        "M07", "missing-retry-hint", .note, .high, [.wire],
        references: ["RFC 9110 §10.2.3", "RFC 6585 §4", "RFC 6455 §7.2.3"], lesson: 7,
        says: "The server is too busy, and does not say when to try again.",
        why: """
            A client that is refused with 429 or 503, or closed with 1013, comes back: at once, unless it is told \
            otherwise, and all others with it. The hint costs a header, and lets the server spread the load.
            """,
        evidence: "A refusal with 429 or 503 without Retry-After, or a Close with 1013 without a reason.",
        fix:
            "Send Retry-After with every 429 and 503, different for each client; say in the reason of 1013 how long to wait.",
        snippets: [
            Snippet(
                .ws,
                """
                const seconds = 30 + Math.floor(Math.random() * 60);
                socket.end(`HTTP/1.1 503 Service Unavailable\\r\\nRetry-After: ${seconds}\\r\\n\\r\\n`);
                ws.close(1013, `retry in ${seconds} s`);
                """),
            Snippet(
                .websockets,
                """
                def process_request(connection, request):
                    if is_full():
                        response = connection.respond(http.HTTPStatus.SERVICE_UNAVAILABLE, "busy\\n")
                        response.headers["Retry-After"] = str(random.randint(30, 90))
                        return response
                """),
            Snippet(
                .gorilla,
                """
                w.Header().Set("Retry-After", strconv.Itoa(30+rand.Intn(60)))
                http.Error(w, "busy", http.StatusServiceUnavailable)
                """),
        ],
        exceptions: "Clients of your own that back off anyway, RFC 6455 §7.2.3.",
        examples: [
            .violates("503 without Retry-After") { scene in
                refuse(&scene, 503, [("Content-Length", "0")])
            },
            .violates("1013 without a reason") { scene in
                scene.open()
                scene.end(by: .server, 1013)
            },
            .complies("429 with Retry-After") { scene in
                refuse(&scene, 429, [("Retry-After", "90"), ("Content-Length", "0")])
            },
            .complies("1013 with a reason") { scene in
                scene.open()
                scene.close(.server, 1013, "retry in 40 s")
                scene.close(.client, 1013)
                scene.fin(.server)
                scene.fin(.client)
            },
            .tooLittle("nobody was sent away") { scene in
                scene.open()
                scene.end()
            },
            .tooLittle("the client is too busy, not the server") { scene in
                scene.open()
                scene.end(by: .client, 1013)
            },
        ])

    static let watches: EventKinds = [.head, .closing]

    private var hasHint = false

    init(_ settings: RuleSettings) {}

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        switch event.kind {
        case .head(let head):
            guard let status = head.head.status, status == 429 || status == 503 else { return }
            if head.head.values("Retry-After").contains(where: { !$0.isEmpty }) {
                hasHint = true
            } else {
                report.add("\(status) without Retry-After", at: connection.place(of: head), subject: "\(status)")
            }
        case .closing(let closure):
            guard closure.first == .server, let close = closure.wire.server,
                case .status(.tryAgainLater, let reason) = close.payload
            else { return }
            if !reason.isEmpty {
                hasHint = true
            } else {
                report.add(
                    "1013, try again later, without a reason",
                    at: connection.place(side: .server, frame: close.frame, from: close.time), subject: "1013")
            }
        case .opened, .established, .frame, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closed: break
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        hasHint ? .pass : .notApplicable("nobody was asked to come back later")
    }

    private static func refuse(_ scene: inout Scene, _ status: Int, _ fields: [(name: String, value: String)]) {
        scene.ask {
            $0.status = status
            $0.response = fields
        }
        scene.answer()
        scene.fin(.server)
        scene.fin(.client)
    }
}
