import Connection
import Wire

/// A secret travels in the URL.
struct TokenInURL: ConnectionRule {
    static let page = RulePage(
        "S02", "token-in-url", .error, .high, [.wire, .source],
        references: ["OWASP WebSocket Security Cheat Sheet", "RFC 3986 §7.5", "CWE-598"], lesson: 8,
        says: "The URL of the opening handshake carries a token, a password or a session's id.",
        why: """
            URLs are written down everywhere: in the access logs of every proxy and server on the way, in the \
            browser's history, in error reports and traces. Whoever reads one of these has the session.
            """,
        evidence: """
            The query has a non-empty value under a key such as access_token, id_token, token, jwt, api_key, auth, \
            password, secret, session or session_id, or a value that is a JSON Web Token under any key; or the URL \
            has userinfo. A ticket or one-time password is a note: it is right if it is valid once and for seconds.
            """,
        fix: """
            Send the token in the first message, or in a cookie; or fetch a ticket over HTTPS that is valid once and \
            for at most 60 s, and put that in the URL.
            """,
        snippets: [
            Snippet(
                .browser,
                """
                const ws = new WebSocket("wss://chat.example/chat");
                ws.onopen = () => ws.send(JSON.stringify({ type: "auth", token }));
                """),
            Snippet(
                .ws,
                """
                const ws = new WebSocket("wss://chat.example/chat", { headers: { Authorization: `Bearer ${token}` } });
                """),
            Snippet(
                .websockets,
                """
                connect("wss://chat.example/chat", additional_headers={"Authorization": f"Bearer {token}"})
                """),
            Snippet(
                .gorilla,
                """
                header := http.Header{"Authorization": {"Bearer " + token}}
                conn, _, err := websocket.DefaultDialer.Dial("wss://chat.example/chat", header)
                """),
        ],
        exceptions: "A key of a public service that only counts calls and guards nothing.",
        examples: [
            .violates("an access token in the query") { scene in
                scene.open("/chat?room=7&access_token=Zm9vYmFyYmF6cXV4") { $0.request("Authorization", nil) }
                scene.end()
            },
            .violates("a JSON Web Token under a key of its own") { scene in
                let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2lnbmF0dXJlLW9mLWl0"
                scene.open("/chat?t=\(token)") { $0.request("Authorization", nil) }
                scene.end()
            },
            .violates("userinfo in the target") { scene in
                scene.open("https://alice:correct-horse@chat.example/chat") { $0.request("Authorization", nil) }
                scene.end()
            },
            .violates("a ticket, as a note") { scene in
                scene.open("/chat?ticket=9f86d081884c") { $0.request("Authorization", nil) }
                scene.end()
            },
            .complies("the query has nothing secret") { scene in
                scene.open("/chat?room=7&token=")
                scene.end()
            },
            .complies("no query") { scene in
                scene.open()
                scene.end()
            },
            .tooLittle("the recording begins inside the connection") { scene in
                scene.midstream()
                scene.text(.server, "hi")
            },
        ])

    static let watches: EventKinds = .head

    init(_ settings: RuleSettings) {}

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind, head.side == .client else { return }
        for credential in connection.credentials {
            switch credential.carrier {
            case .cookie, .authorization, .field, .subprotocol: break
            case .userinfo:
                report.add("the URL carries userinfo", at: connection.place(of: head), subject: "userinfo")
            case .query: judge(credential, connection.place(of: head), &report)
            }
        }
    }

    private func judge(_ credential: Credential, _ place: WirePlace, _ report: inout Report) {
        let isTicket = Secret.isTicketNamed(credential.name)
        let isToken = WebToken.first(in: credential.value) != nil
        guard isToken || isTicket || Secret.isNamed(credential.name) else { return }
        let name = SafeText.escape(String(credential.name.prefix(40)))
        let masked = Secret.masked(credential.value)
        if isTicket, !isToken {
            report.add(
                "the query carries a ticket, \(name)=\(masked): let it be valid once, and for 60 s at most", at: place,
                subject: "ticket", severity: .note)
        } else {
            let subject = isToken ? "jwt" : Secret.plain(credential.name)
            report.add("the query carries a secret: \(name)=\(masked)", at: place, subject: subject)
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        connection.request == nil ? .notApplicable(Unjudged.noRequest) : .pass
    }
}
