import Connection
import Wire

/// The connection is not encrypted.
struct PlaintextWS: ConnectionRule {
    static let page = RulePage(
        "S06", "plaintext-ws", .warning, .high, [.wire, .source],
        references: [
            "RFC 6455 §10.6", "OWASP WebSocket Security Cheat Sheet", "OWASP ASVS 4.4.1", "CWE-319",
        ], lesson: 8,
        says: "The connection leaves the machine without TLS: ws:// where wss:// should be.",
        why: """
            Everyone on the way can read and change what is sent, credentials first of all. And proxies that do not \
            know WebSocket break the handshake or cut the connection; inside TLS they see nothing to break.
            """,
        evidence: """
            A connection was established without TLS to an address that is not loopback. It is not judged where the \
            Host is a loopback name (a container's port), or where TLS ended before the recorder: the request has \
            X-Forwarded-Proto or Forwarded with https or wss, X-Forwarded-Ssl, or an Origin of https, from which a \
            browser allows wss:// only. An error where the request carries credentials.
            """,
        fix: "Serve wss:// and nothing else; redirect http:// to https://, and send Strict-Transport-Security.",
        snippets: [
            Snippet(
                .ws,
                """
                const server = https.createServer({ cert: fs.readFileSync(certFile), key: fs.readFileSync(keyFile) });
                const wss = new WebSocketServer({ server });
                server.listen(443);
                """),
            Snippet(
                .websockets,
                """
                tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                tls.load_cert_chain(cert_file, key_file)
                serve(handler, host, 443, ssl=tls)
                """),
            Snippet(.gorilla, "http.ListenAndServeTLS(\":443\", certFile, keyFile, mux)"),
            Snippet(
                .nio,
                """
                let tls = try NIOSSLContext(configuration: .makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                """),
            Snippet(
                .nginx,
                """
                server {
                    listen 443 ssl;
                    ssl_certificate     /etc/ssl/chat.pem;
                    ssl_certificate_key /etc/ssl/chat.key;
                    location /chat {
                        proxy_pass http://127.0.0.1:8080;
                        proxy_http_version 1.1;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection "upgrade";
                        proxy_set_header X-Forwarded-Proto $scheme;
                    }
                }
                """),
        ],
        exceptions: "TLS ends at a proxy in front of the recorder: set `tls_terminated` for the path.",
        examples: examples)

    static let watches: EventKinds = .established

    private let isTLSTerminated: Bool

    init(_ settings: RuleSettings) { isTLSTerminated = settings.traits.isTLSTerminated }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard whyNotJudged(connection) == nil, let opening = connection.opening, !opening.isTLS,
            let request = connection.request
        else { return }
        let carriers = Set(connection.credentials.map(\.carrier.words)).sorted().joined(separator: " and ")
        let sent = carriers.isEmpty ? "" : ", and the request carries \(carriers)"
        report.add(
            "no TLS to \(opening.server)\(sent)", at: connection.place(of: request),
            severity: carriers.isEmpty ? .warning : .error)
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        whyNotJudged(connection).map { .notApplicable($0) } ?? .pass
    }

    private func whyNotJudged(_ connection: LintedConnection) -> String? {
        guard let opening = connection.opening, let request = connection.request else {
            return Unjudged.noRequest
        }
        guard connection.established != nil else { return "no connection was established" }
        if opening.isTLS { return nil }
        if isTLSTerminated { return "TLS ends at a proxy, as declared" }
        let host = request.head.host ?? ""
        if Loopback.contains(ip: opening.server.ip) || Loopback.contains(host: host) { return "on loopback" }
        return request.head.wasInsideTLS ? "TLS ends at a proxy, as the request tells" : nil
    }
}

extension PlaintextWS {
    private static func open(_ scene: inout Scene, _ change: (inout Scene.Handshake) -> Void = { _ in }) {
        scene.open {
            $0.isTLS = false
            $0.request("Authorization", nil)
            $0.request("Origin", "http://chat.example")
            change(&$0)
        }
        scene.end()
    }

    private static let examples: [Example] = [
        .violates("ws:// to a public address") { open(&$0) },
        .violates("ws:// with a token") { open(&$0) { $0.request("Authorization", "Bearer Zm9vYmFyYmF6") } },
        .complies("wss://") { scene in
            scene.open()
            scene.end()
        },
        .tooLittle("loopback") { open(&$0) { $0.server = Address(ip: [127, 0, 0, 1], port: 8080) } },
        .tooLittle("behind a proxy that says so") { open(&$0) { $0.request("X-Forwarded-Proto", "https") } },
        .tooLittle("from a page that a browser loaded over TLS") {
            open(&$0) { $0.request("Origin", "https://chat.example") }
        },
        .tooLittle("the recording begins inside the connection") { scene in
            scene.midstream()
            scene.text(.server, "hi")
        },
    ]
}

extension Credential.Carrier {
    /// For a sentence: "the request carries …".
    fileprivate var words: String {
        switch self {
        case .cookie: "a cookie"
        case .authorization, .field: "a token"
        case .subprotocol: "a token as subprotocol"
        case .query: "a token in its query"
        case .userinfo: "a password"
        }
    }
}

extension HTTPHead {
    /// A proxy or the browser's origin tells that the client used TLS.
    fileprivate var wasInsideTLS: Bool {
        let schemes = tokens("X-Forwarded-Proto") + tokens("X-Forwarded-Protocol") + tokens("X-Url-Scheme")
        if schemes.contains(where: { ["https", "wss"].contains($0.lowercased()) }) { return true }
        if tokens("X-Forwarded-Ssl").contains(where: { $0.equalsIgnoringCase("on") }) { return true }
        let forwarded = values("Forwarded").map { $0.lowercased().filter { $0 != "\"" } }
        if forwarded.contains(where: { $0.hasAny(of: ["proto=https", "proto=wss"]) }) { return true }
        return origin?.scheme == "https"
    }
}
