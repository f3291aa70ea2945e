import Connection
import Wire

/// Pages of any origin may connect.
struct OriginNotChecked: RecordingRule {
    static let page = RulePage(
        "S03", "origin-not-checked", .warning, .medium, [.wire, .probe, .source],
        references: [
            "RFC 6455 §10.2", "OWASP WebSocket Security Cheat Sheet", "OWASP ASVS 4.4.2", "OWASP WSTG-CLNT-10",
            "CWE-1385",
        ], lesson: 8,
        says: "The server accepts opening handshakes from pages of foreign origins.",
        why: """
            A browser sends cookies along with an opening handshake whatever page asks for it, and no same-origin \
            policy guards the messages. So any page that a user visits can open a connection in the user's name, read \
            it and write to it: cross-site WebSocket hijacking. The Origin field is all that tells the server.
            """,
        evidence: """
            On one path of one host, handshakes were answered with 101 from at least `origins` registrable domains \
            that are not the host's own. Loopback pages and the schemes of apps and browser extensions do not count. \
            An error where the request had a Cookie, a note where it had another credential and none. The probe \
            repeats an accepted handshake with the Origin `https://evil.example`.
            """,
        fix: "Compare the parsed Origin with a list of your own, exactly, before you answer 101; refuse with 403.",
        snippets: [
            Snippet(
                .ws,
                """
                const allowed = new Set(["https://chat.example"]);
                server.on("upgrade", (request, socket, head) => {
                  if (!allowed.has(request.headers.origin)) {
                    return socket.end("HTTP/1.1 403 Forbidden\\r\\nConnection: close\\r\\n\\r\\n");
                  }
                  wss.handleUpgrade(request, socket, head, ws => wss.emit("connection", ws, request));
                });
                """),
            Snippet(.websockets, #"serve(handler, host, port, origins=["https://chat.example"])"#),
            Snippet(
                .gorilla,
                """
                // Without CheckOrigin, the Upgrader demands the request's own host: the safe default.
                upgrader := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool {
                    return r.Header.Get("Origin") == "https://chat.example"
                }}
                """),
            Snippet(
                .nio,
                """
                NIOWebSocketServerUpgrader(
                    shouldUpgrade: { channel, head in
                        let isOwn = head.headers["origin"] == ["https://chat.example"]
                        return channel.eventLoop.makeSucceededFuture(isOwn ? [:] : nil)
                    }, upgradePipelineHandler: addHandlers)
                """),
        ],
        exceptions: "A service that is meant to be embedded in pages of others and does not use cookies.",
        thresholds: [Threshold("origins", .count(2), "how many foreign domains must have been accepted")],
        examples: examples)

    static let watches: EventKinds = [.head, .established]

    private struct Endpoint {
        var accepted: Set<String> = []
        var hasAccepted = false
        var hasRefused = false
    }

    private let settings: @Sendable (String) -> RuleSettings
    /// By host and path; at most `endpointLimit`, others are not judged.
    private var endpoints: [String: Endpoint] = [:]

    private static let endpointLimit = 256
    private static let domainLimit = 16

    init(_ settings: @escaping @Sendable (_ path: String) -> RuleSettings) { self.settings = settings }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        switch event.kind {
        case .established: accept(connection, &report)
        case .head(let head):
            let isRefusal = head.side == .server && (400...499).contains(head.head.status ?? 0)
            guard isRefusal, let (_, key, _) = visit(connection) else { return }
            endpoints[key, default: Endpoint()].hasRefused = true
        case .opened, .frame, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closing, .closed: break
        }
    }

    /// From which page, on which host and path; nil where it is not of the web, or there are too many endpoints.
    private func visit(_ connection: LintedConnection) -> (origin: Origin, key: String, host: String)? {
        guard let request = connection.request?.head, let origin = request.origin, origin.isWeb,
            let path = connection.path, !Loopback.contains(host: origin.host)
        else { return nil }
        let host = request.host ?? ""
        let key = host + path
        guard endpoints[key] != nil || endpoints.count < OriginNotChecked.endpointLimit else { return nil }
        return (origin, key, host)
    }

    private mutating func accept(_ connection: LintedConnection, _ report: inout Report) {
        guard let (origin, key, host) = visit(connection), let request = connection.request else { return }
        endpoints[key, default: Endpoint()].hasAccepted = true
        guard origin.domain != Origin.domain(of: host) else { return }
        accept(origin.domain, key, connection.path ?? "", request, connection, &report)
    }

    private mutating func accept(
        _ domain: String, _ key: String, _ path: String, _ request: Event.Head, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        guard let known = endpoints[key]?.accepted, known.count < OriginNotChecked.domainLimit else { return }
        endpoints[key]?.accepted.insert(domain)
        let domains = known.union([domain]).sorted()
        guard domains.count >= settings(path).count("origins") else { return }
        let credentials = connection.credentials
        let hasCookie = credentials.contains { $0.carrier == .cookie }
        let severity: Severity = hasCookie ? .error : credentials.isEmpty ? .warning : .note
        let shown = domains.prefix(3).map { SafeText.escape(String($0.prefix(60))) }.joined(separator: ", ")
        report.add(
            "101 to pages of \(Words.count(domains.count, "foreign domain")): \(shown)",
            at: connection.place(of: request, field: "Origin"), subject: key, severity: severity)
    }

    mutating func conclude(_ report: inout Report) -> Verdict {
        if endpoints.values.contains(where: { $0.hasAccepted && $0.hasRefused }) { return .pass }
        return .notApplicable(
            endpoints.isEmpty ? "no handshake with the Origin of a web page" : "no Origin was refused, none was foreign"
        )
    }
}

extension OriginNotChecked {
    private static func visit(_ scene: inout Scene, _ number: Int, from origin: String, cookie: Bool = false) {
        scene.on(number)
        scene.open {
            $0.request("Origin", origin)
            if cookie { $0.request("Cookie", "session=\(number)c0ffee4d") }
            if cookie { $0.request("Authorization", nil) }
        }
        scene.end()
    }

    private static let examples: [Example] = [
        .violates("pages of three domains, with cookies") { scene in
            visit(&scene, 1, from: "https://chat.example", cookie: true)
            visit(&scene, 2, from: "https://evil.test", cookie: true)
            visit(&scene, 3, from: "https://other.invalid", cookie: true)
        },
        .complies("a foreign origin is refused with 403") { scene in
            visit(&scene, 1, from: "https://chat.example")
            scene.on(2)
            scene.ask {
                $0.request("Origin", "https://evil.test"); $0.status = 403; $0.response = []
            }
            scene.answer()
            scene.fin(.server)
            scene.fin(.client)
        },
        .tooLittle("one foreign domain, which may be on the list") { scene in
            visit(&scene, 1, from: "https://chat.example")
            visit(&scene, 2, from: "https://partner.test")
        },
        .tooLittle("pages of the same owner") { scene in
            visit(&scene, 1, from: "https://chat.example")
            visit(&scene, 2, from: "https://www.chat.example")
            visit(&scene, 3, from: "http://localhost:3000")
        },
        .tooLittle("clients that are no browsers") { scene in
            scene.open { $0.request("Origin", nil) }
            scene.end()
        },
    ]
}
