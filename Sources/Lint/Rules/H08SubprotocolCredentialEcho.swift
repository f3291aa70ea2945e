import Connection
import Wire

/// A token that came as a subprotocol goes back as one.
struct SubprotocolCredentialEcho: ConnectionRule {
    static let page = RulePage(
        "H08", "subprotocol-credential-echo", .warning, .medium, [.wire],
        references: ["RFC 6455 §1.9", "CWE-532", "OWASP WebSocket Security Cheat Sheet"], lesson: 8,
        says: "A credential that the client put among its subprotocols is repeated in the 101.",
        why: """
            A script in a browser can send a token in no other field, so it offers it as a subprotocol. The server's \
            choice stands in the answer, where proxies, logs and the browser's tools show it, and in the page's \
            WebSocket.protocol.
            """,
        evidence: """
            A subprotocol of at least `length` bytes that looks like a credential, a JSON Web Token for one, was \
            offered, and the 101 chooses it.
            """,
        fix: "Offer a fixed name beside the token, and let the server choose the name.",
        snippets: [
            Snippet(.browser, #"new WebSocket("wss://example.com/chat", ["chat.v2", token])"#),
            Snippet(
                .ws,
                """
                // Without handleProtocols, ws takes the first that the client offers.
                new WebSocketServer({ port: 8080, handleProtocols: () => "chat.v2" });
                """),
        ],
        exceptions: "Long names of subprotocols with many digits look like tokens.",
        thresholds: [Threshold("length", .bytes(24), "how long a subprotocol must be to hold a credential")],
        examples: [
            .violates("the token itself is chosen") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Protocol", Self.token)
                    handshake.response("Sec-WebSocket-Protocol", Self.token)
                }
                scene.end()
            },
            .complies("the name beside it is chosen") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Protocol", "chat.v2, \(Self.token)")
                    handshake.response("Sec-WebSocket-Protocol", "chat.v2")
                }
                scene.end()
            },
            .tooLittle("no credential among the subprotocols") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Protocol", "chat.v2")
                    handshake.response("Sec-WebSocket-Protocol", "chat.v2")
                }
                scene.end()
            },
        ])

    /// The claims {"sub":"ann"}, and a signature that signs nothing.
    private static let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJlLXRoYXQtc2lnbnM"

    static let watches: EventKinds = .head

    private let length: Int
    private var hasJudged = false

    init(_ settings: RuleSettings) { length = settings.bytes("length") }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind, head.side == .server, head.head.status == 101,
            let request = connection.request
        else { return }
        let length = length
        let secrets = request.head.tokens("Sec-WebSocket-Protocol").filter { token in
            token.utf8.count >= length && Credential.isSecret(protocol: token)
        }
        guard !secrets.isEmpty else { return }
        hasJudged = true
        let chosen = head.head.tokens("Sec-WebSocket-Protocol")
        for secret in secrets where chosen.contains(secret) {
            report.add(
                "the 101 repeats the credential \(Secret.masked(secret)) that was offered as a subprotocol",
                at: connection.place(of: head, field: "Sec-WebSocket-Protocol"))
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if hasJudged { return .pass }
        if connection.request == nil { return .noRequest }
        return connection.handshake == nil ? .notEstablished : .notApplicable("no credential among the subprotocols")
    }
}
