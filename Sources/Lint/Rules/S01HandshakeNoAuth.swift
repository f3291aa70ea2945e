import Connection
import Wire

/// Nobody asks the client who it is.
struct HandshakeNoAuth: ConnectionRule {
    static let page = RulePage(
        "S01", "handshake-no-auth", .warning, .medium, [.wire, .probe, .source],
        references: [
            "RFC 6455 §10.5", "OWASP WebSocket Security Cheat Sheet", "OWASP ASVS 4.4.3", "OWASP API2:2023", "CWE-306",
        ], lesson: 8,
        says: "The server accepts a client that never says who it is.",
        why: """
            A WebSocket connection passes by everything that guards the HTTP routes beside it: middleware, session \
            checks, rate limits. Whoever finds the URL reads what the server pushes and sends what it obeys, for as \
            long as the connection lasts.
            """,
        evidence: """
            A connection was established to a request without Cookie, Authorization, a field or subprotocol that looks \
            like a credential, and without a token or ticket in its query; and none of the client's first `messages` \
            messages within `window` has a key or word such as token, auth, jwt, login, apiKey or session. A server \
            that closes with 1008, 3000, 3003 or a code of its own within `window` has asked. A client certificate is \
            not visible here. The probe repeats an accepted handshake without its credentials and waits for a message.
            """,
        fix: """
            Check the session or token before you answer 101, and refuse with 401; or demand it in the first message, \
            and close with 1008 where none comes within 5 s.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                const wss = new WebSocketServer({ noServer: true });
                server.on("upgrade", async (request, socket, head) => {
                  const user = await userOf(request.headers.cookie).catch(() => null);
                  if (!user) return socket.end("HTTP/1.1 401 Unauthorized\\r\\nConnection: close\\r\\n\\r\\n");
                  wss.handleUpgrade(request, socket, head, ws => wss.emit("connection", ws, request, user));
                });
                """),
            Snippet(
                .websockets,
                """
                def process_request(connection, request):
                    if not is_valid(request.headers.get("Authorization", "")):
                        return connection.respond(http.HTTPStatus.UNAUTHORIZED, "Who are you?\\n")

                serve(handler, host, port, process_request=process_request)
                """),
            Snippet(
                .gorilla,
                """
                user, err := userOf(r) // cookie or Authorization
                if err != nil {
                    http.Error(w, "who are you?", http.StatusUnauthorized)
                    return
                }
                conn, err := upgrader.Upgrade(w, r, nil)
                """),
            Snippet(
                .nio,
                """
                NIOWebSocketServerUpgrader(
                    shouldUpgrade: { channel, head in
                        // nil refuses the upgrade.
                        channel.eventLoop.makeSucceededFuture(isValid(head.headers["authorization"]) ? [:] : nil)
                    }, upgradePipelineHandler: addHandlers)
                """),
        ],
        exceptions: """
            A feed that is meant for everyone: set `public` for its path. Mutual TLS authenticates without a trace in \
            the handshake.
            """,
        thresholds: [
            Threshold("messages", .count(3), "how many first messages of the client may carry the credentials"),
            Threshold("window", .duration(5), "how soon the credentials must come"),
        ],
        examples: examples)

    static let watches: EventKinds = [.established, .message, .time]

    private let limit: Int
    private let window: Int64
    private var state: State

    private enum State: Equatable {
        case listening(heard: Int)
        case told
        case passed
        case unknown(String)
    }

    init(_ settings: RuleSettings) {
        limit = settings.count("messages")
        window = settings.duration("window")
        state = settings.traits.isPublic ? .unknown("declared public") : .listening(heard: 0)
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .listening(let heard) = state else { return }
        switch event.kind {
        case .established:
            if connection.request == nil { state = .unknown(Unjudged.noRequest) }
            if !connection.credentials.isEmpty { state = .passed }
        case .message(let message):
            if let established = connection.established, event.time.since(established) >= window {
                return tell(connection, &report)
            }
            if message.side == .client, heard < limit { hear(message, payload, heard: heard + 1) }
        case .opened, .head, .frame, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closing, .closed: break
        }
    }

    private mutating func hear(_ message: Event.Message, _ payload: Span<UInt8>, heard: Int) {
        state = .listening(heard: heard)
        if message.opcode != .text {
            state = .unknown("the client's first messages are binary")
        } else if SpokenCredential.isIn(payload) {
            state = .passed
        } else if message.truncation != nil {
            state = .unknown("the client's first messages are cut off")
        }
    }

    mutating func pass(to now: Timestamp, on connection: LintedConnection, _ report: inout Report) {
        guard case .listening = state, let established = connection.established, now.since(established) >= window
        else { return }
        tell(connection, &report)
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        switch state {
        case .told, .passed: return .pass
        case .unknown(let reason): return .notApplicable(reason)
        case .listening(let heard):
            guard connection.established != nil else { return .notApplicable("no connection was established") }
            if connection.wasRefusedByClose { return .pass }
            guard heard >= limit || connection.age >= window else {
                return .notApplicable("shorter than \(Words.duration(window))")
            }
            guard !connection.isIncomplete.client else { return .notApplicable(Unjudged.incomplete) }
            tell(connection, &report)
            return .pass
        }
    }

    private mutating func tell(_ connection: LintedConnection, _ report: inout Report) {
        guard case .listening(let heard) = state, !connection.isIncomplete.client, let request = connection.request
        else { return }
        guard !connection.wasRefusedByClose else { return state = .passed }
        state = .told
        let messages = heard == 0 ? "any message" : "the first \(Words.count(heard, "message"))"
        report.add(
            "no credentials in the request, nor in \(messages) of the client within \(Words.duration(window))",
            at: connection.place(of: request))
    }
}

extension HandshakeNoAuth {
    private static let examples: [Example] = [
        .violates("101 to anybody") { scene in
            scene.open { $0.request("Authorization", nil) }
            for number in 1...3 {
                scene.text(.client, #"{"type":"say","text":"message \#(number)"}"#)
                scene.wait(2)
            }
            scene.end()
        },
        .violates("a listener that sends nothing") { scene in
            scene.open("/ticker") { $0.request("Authorization", nil) }
            for number in 1...4 {
                scene.wait(2)
                scene.text(.server, #"{"type":"tick","n":\#(number)}"#)
            }
            scene.end()
        },
        .complies("Authorization") { scene in
            scene.open()
            scene.text(.client, #"{"type":"say","text":"hi"}"#)
            scene.end()
        },
        .complies("a token in the first message") { scene in
            scene.open { $0.request("Authorization", nil) }
            scene.text(.client, #"{"type":"connection_init","payload":{"authToken":"k3X9w2Lq"}}"#)
            scene.wait(10)
            scene.text(.client, #"{"type":"say","text":"hi"}"#)
            scene.end()
        },
        .complies("a ticket in the query") { scene in
            scene.open("/chat?ticket=9f86d081884c") { $0.request("Authorization", nil) }
            scene.wait(10)
            scene.end()
        },
        .complies("closed with 1008, for no credentials came") { scene in
            scene.open { $0.request("Authorization", nil) }
            scene.wait(4)
            scene.end(by: .server, 1008)
        },
        .tooLittle("over after 1 s") { scene in
            scene.open { $0.request("Authorization", nil) }
            scene.wait(1)
            scene.text(.client, #"{"type":"say","text":"hi"}"#)
            scene.end()
        },
        .tooLittle("declared public", settings: settings { $0.isPublic = true }) { scene in
            scene.open { $0.request("Authorization", nil) }
            scene.wait(30)
            scene.end()
        },
        .tooLittle("the recording begins inside the connection") { scene in
            scene.midstream()
            scene.text(.client, #"{"type":"say","text":"hi"}"#)
            scene.wait(30)
            scene.text(.client, #"{"type":"say","text":"hi"}"#)
        },
    ]

    private static func settings(_ change: (inout EndpointTraits) -> Void) -> LintSettings {
        var settings = LintSettings()
        change(&settings.traits)
        return settings
    }
}

extension LintedConnection {
    /// The server ended the connection with a code that says: you may not.
    fileprivate var wasRefusedByClose: Bool {
        guard let closure, closure.first == .server, let close = closure.wire.server else { return false }
        switch close.payload.closeCode.rawValue {
        case 1008, 3000, 3003, 4000...4999: return true
        default: return false
        }
    }
}
