import Connection
import Wire

/// Messages carry secrets to those who must not have them.
struct SecretInPayload: ConnectionRule {
    static let page = RulePage(
        "D04", "secret-in-payload", .error, .medium, [.wire, .source],
        references: ["OWASP WebSocket Security Cheat Sheet", "OWASP API3:2023", "CWE-200", "CWE-522"], lesson: 8,
        says: "A message carries a key, a password, or a token of somebody else.",
        why: """
            What the server sends is in every browser's developer tools, in recordings and in logs, and often goes to \
            everyone in the room. A password that comes back was also stored where it can be read.
            """,
        evidence: """
            The first 65,536 bytes of every text message are searched for the header of a private key and for keys of \
            well-known services (AWS, Google, GitHub, Slack, Stripe), from either side; and what the server sends, for \
            a JSON key such as password, secret or api_key with a value that may be one, and for a JSON Web Token whose \
            subject is not that of the client's own.
            """,
        fix: "Send the fields that the client needs, from a list, never a whole record; take a leaked key out of use.",
        snippets: [
            Snippet(
                .ws,
                """
                const shown = ({ id, name, avatar }) => ({ id, name, avatar });
                ws.send(JSON.stringify({ type: "user", user: shown(user) }));
                """),
            Snippet(
                .websockets,
                """
                PUBLIC = ("id", "name", "avatar")
                shown = {key: user[key] for key in PUBLIC}
                await websocket.send(json.dumps({"type": "user", "user": shown}))
                """),
            Snippet(
                .gorilla,
                """
                type User struct {
                    ID       int    `json:"id"`
                    Name     string `json:"name"`
                    Password string `json:"-"`
                }
                """),
            Snippet(
                .nio,
                """
                struct User: Encodable {
                    var id: Int, name: String, password: String
                    enum CodingKeys: CodingKey { case id, name }
                }
                """),
        ],
        exceptions: "A key that is made for this client and shown once, by the service that issues it.",
        examples: examples)

    static let watches: EventKinds = .message

    /// Whom the client's tokens are about: told by its request, its messages, or the first that it was sent.
    private var owner: String?
    private var hasOwner = false
    private var hasText = false

    init(_ settings: RuleSettings) {}

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .message(let message) = event.kind, message.opcode == .text else { return }
        hasText = true
        guard let scan = connection.scan(message, payload) else { return }
        for hit in scan.hits where hit.kind.nameOfSecret != nil {
            judge(hit, message, payload, connection, &report)
        }
    }

    private mutating func judge(
        _ hit: PayloadScan.Hit, _ message: Event.Message, _ payload: Span<UInt8>, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        guard let name = hit.kind.nameOfSecret else { return }
        let place = connection.place(of: message)
        switch hit.kind {
        case .stackTrace, .sourceLine, .databaseError, .email, .card, .privateAddress: break
        case .privateKey: report.add("the \(message.side) sends \(name)", at: place, subject: name)
        case .cloudKey:
            let masked = Secret.masked(text(of: hit, in: payload))
            report.add("the \(message.side) sends \(name): \(masked)", at: place, subject: name)
        case .webToken:
            guard let subject = WebToken(text(of: hit, in: payload))?.subject,
                !isOwn(subject, message.side, connection)
            else { return }
            report.add(
                "the server sends \(name) of another subject than the client's own", at: place, subject: name)
        case .namedSecret:
            guard message.side == .server else { return }
            let key = SafeText.escape(String(text(of: hit, in: payload).prefix { $0 != "\"" && $0 != "\\" }))
            report.add(
                "the server sends a value under the key \"\(key)\"", at: place, subject: Secret.plain(key))
        }
    }

    private mutating func isOwn(_ subject: String, _ side: Side, _ connection: LintedConnection) -> Bool {
        if !hasOwner {
            hasOwner = true
            owner =
                connection.credentials.lazy.compactMap { WebToken.first(in: $0.value) }
                .compactMap { WebToken($0)?.subject }.first
        }
        guard let owner, side == .server else {
            self.owner = subject
            return true
        }
        return owner == subject
    }

    private func text(of hit: PayloadScan.Hit, in payload: Span<UInt8>) -> String {
        payload.extracting(hit.bytes).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        hasText ? .pass : .notApplicable("no text messages")
    }
}

extension PayloadScan.Kind {
    fileprivate var nameOfSecret: String? {
        switch self {
        case .privateKey: "a private key"
        case .cloudKey: "the key of a service"
        case .webToken: "a JSON Web Token"
        case .namedSecret: "a password or secret"
        case .stackTrace, .sourceLine, .databaseError, .email, .card, .privateAddress: nil
        }
    }
}

extension SecretInPayload {
    private static let aliceToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLWl0"
    private static let bobToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJlLW9mLWl0"

    private static let examples: [Example] = [
        .violates("a whole record of a user") { scene in
            scene.open()
            scene.text(.client, #"{"type":"whoami","id":7}"#)
            scene.text(.server, #"{"type":"user","id":7,"name":"alice","password":"correct-horse"}"#)
            scene.end()
        },
        .violates("a key of AWS") { scene in
            scene.open()
            scene.text(.server, #"{"type":"config","upload":{"key":"AKIAIOSFODNN7EXAMPLE"}}"#)
            scene.end()
        },
        .violates("a private key, from the client") { scene in
            scene.open()
            scene.text(.client, #"{"type":"deploy","key":"-----BEGIN RSA PRIVATE KEY-----\nMIIE…"}"#)
            scene.end()
        },
        .violates("the token of another user") { scene in
            scene.open { $0.request("Authorization", "Bearer \(aliceToken)") }
            scene.text(.server, #"{"type":"joined","user":{"name":"bob","token":"\#(bobToken)"}}"#)
            scene.end()
        },
        .complies("the client's own token, renewed") { scene in
            scene.open { $0.request("Authorization", "Bearer \(aliceToken)") }
            scene.text(.client, #"{"type":"refresh"}"#)
            scene.text(.server, #"{"type":"refreshed","token":"\#(aliceToken)"}"#)
            scene.end()
        },
        .complies("a login") { scene in
            scene.open()
            scene.text(.client, #"{"type":"login","user":"alice","password":"correct-horse"}"#)
            scene.text(.server, #"{"type":"welcome","name":"alice"}"#)
            scene.end()
        },
        .tooLittle("nothing but binary messages") { scene in
            scene.open()
            scene.binary(.server, 40)
            scene.end()
        },
    ]
}
