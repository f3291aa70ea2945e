import Connection
import Wire

/// The connection goes on when the token that opened it is over.
struct SessionOutlivesToken: ConnectionRule {
    static let page = RulePage(
        "S08", "session-outlives-token", .warning, .medium, [.wire],
        references: [
            "OWASP WebSocket Security Cheat Sheet", "RFC 7519 §4.1.4", "OWASP ASVS 7.4.1", "CWE-613",
        ], lesson: 8,
        says: "The server goes on sending after the client's token expired, or after the user logged out.",
        why: """
            A token is checked once, at the handshake, and the connection lasts for days. So a user who was locked \
            out, or whose token was stolen and taken back, stays connected with all rights.
            """,
        evidence: """
            A JSON Web Token with `exp` came in the request or in a message, and a message of the server, other than \
            an application's ping or pong, comes more than `grace` after it; or more than `logout` after a message of \
            the client of a kind such as logout. A newer token, or a message of the client about a token or login, \
            renews the session.
            """,
        fix: """
            Set a timer for the token's expiry when the connection opens, close with 1008 when it rings, and set it anew \
            when the client sends a newer token; close a user's connections at logout.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                const left = token.exp * 1000 - Date.now();
                const timer = setTimeout(() => ws.close(1008, "token expired"), left);
                ws.on("close", () => clearTimeout(timer));
                """),
            Snippet(
                .websockets,
                """
                try:
                    async with asyncio.timeout(token["exp"] - time.time()):
                        await serve_client(websocket)
                except TimeoutError:
                    await websocket.close(1008, "token expired")
                """),
            Snippet(
                .gorilla,
                """
                timer := time.AfterFunc(time.Until(claims.ExpiresAt.Time), func() {
                    reason := websocket.FormatCloseMessage(websocket.ClosePolicyViolation, "token expired")
                    conn.WriteControl(websocket.CloseMessage, reason, time.Now().Add(time.Second))
                    conn.Close()
                })
                defer timer.Stop()
                """),
            Snippet(
                .nio,
                """
                let left = TimeAmount.seconds(Int64(token.expiry.timeIntervalSinceNow))
                timer = context.eventLoop.scheduleTask(in: left) { close(context, .policyViolation) }
                """),
        ],
        exceptions: "The session is checked on the server in another way, and ends when it should.",
        thresholds: [
            Threshold("grace", .duration(60), "how long after the expiry data may still flow"),
            Threshold("logout", .duration(1800), "how long after a logout"),
        ],
        examples: examples)

    static let watches: EventKinds = [.established, .message]

    private let grace: Int64
    private let logout: Int64
    private var expiry: Timestamp?
    private var loggedOut: Timestamp?
    private var isRenewed = false
    /// Kinds of the client's messages that are about something else, by their hash; at most 32.
    private var otherKinds: [UInt64] = []
    /// Data after this time is too late.
    private var deadline = Timestamp(nanoseconds: .max)

    init(_ settings: RuleSettings) {
        grace = settings.duration("grace")
        logout = settings.duration("logout")
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        switch event.kind {
        case .established:
            for credential in connection.credentials { take(WebToken.first(in: credential.value)) }
        case .message(let message):
            if let scan = connection.scan(message, payload) { take(scan, payload) }
            switch message.side {
            case .client: hear(message, payload, at: event.time, connection)
            case .server where event.time > deadline: tell(message, payload, at: event.time, connection, &report)
            case .server: break
            }
        case .opened, .head, .frame, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closing, .closed: break
        }
    }

    private mutating func take(_ scan: PayloadScan, _ payload: Span<UInt8>) {
        for hit in scan.hits where hit.kind == .webToken {
            take(payload.extracting(hit.bytes).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
        }
    }

    private mutating func take(_ token: String?) {
        guard let new = token.flatMap({ WebToken($0) })?.expiry else { return }
        expiry = max(expiry ?? new, new)
        updateDeadline()
    }

    /// What the client says about its session.
    private mutating func hear(
        _ message: Event.Message, _ payload: Span<UInt8>, at time: Timestamp, _ connection: LintedConnection
    ) {
        guard let sketch = connection.sketch(message, payload), let member = sketch.typeMember,
            member.value.count <= 32
        else { return }
        let hash = ContentHash(payload.extracting(member.value)).value
        guard !otherKinds.contains(hash), let type = sketch.type(in: payload) else { return }
        if SessionOutlivesToken.isFarewell(type) {
            loggedOut = time
        } else if Secret.isAboutIdentity(type) || Secret.plain(type).has("refresh") {
            isRenewed = isRenewed || expiry != nil
            loggedOut = nil
        } else {
            if otherKinds.count < 32 { otherKinds.append(hash) }
            return
        }
        updateDeadline()
    }

    private mutating func updateDeadline() {
        let end = isRenewed ? nil : expiry?.adding(nanoseconds: grace)
        let silence = loggedOut?.adding(nanoseconds: logout)
        deadline = [end, silence].compactMap { $0 }.min() ?? Timestamp(nanoseconds: .max)
    }

    private func tell(
        _ message: Event.Message, _ payload: Span<UInt8>, at time: Timestamp, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        let type = connection.sketch(message, payload)?.type(in: payload)?.lowercased() ?? ""
        guard type != "ping", type != "pong" else { return }
        if let loggedOut, time > loggedOut.adding(nanoseconds: logout) {
            report.add(
                "the server still sends \(Words.duration(time.since(loggedOut))) after the client's logout",
                at: connection.place(of: message), subject: "logout")
        } else if let expiry {
            report.add(
                "the server still sends \(Words.duration(time.since(expiry))) after the client's token expired",
                at: connection.place(of: message), subject: "expiry")
        }
    }

    private static func isFarewell(_ type: String) -> Bool {
        ["logout", "signout", "logoff"].contains(Secret.plain(type))
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if isRenewed { return .pass }
        guard expiry != nil || loggedOut != nil else { return .notApplicable("no token with an expiry, no logout") }
        if connection.last > deadline || connection.hasEnded && loggedOut != nil { return .pass }
        let hasEndedInTime = connection.hasEnded && expiry.map { connection.last > $0 } == true
        return hasEndedInTime ? .pass : .notApplicable("the token had not expired")
    }
}

extension SessionOutlivesToken {
    /// Whose `exp` is five minutes after the beginning of every scene.
    private static let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6MTc2NzYxNDcwMH0.c2lnbmF0dXJlLW9mLWl0"
    /// An hour later.
    private static let newer = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6MTc2NzYxODMwMH0.c2lnbmF0dXJlLW9mLWl0"

    /// A message of the server and a Ping every 40 s.
    private static func chat(_ scene: inout Scene, minutes: Int) {
        for beat in 1...(minutes * 60 / 40) {
            scene.wait(40)
            scene.ping(.server, "\(beat)")
            scene.pong(.client, "\(beat)")
            scene.text(.server, #"{"type":"said","text":"message \#(beat)"}"#)
        }
    }

    private static let examples: [Example] = [
        .violates("data for 10 min with a token of 5") { scene in
            scene.open { $0.request("Authorization", "Bearer \(token)") }
            chat(&scene, minutes: 10)
            scene.end()
        },
        .violates("data for 40 min after a logout") { scene in
            scene.open()
            scene.text(.client, #"{"type":"logout"}"#)
            chat(&scene, minutes: 40)
            scene.end()
        },
        .complies("closed with 1008 when the token expired") { scene in
            scene.open { $0.request("Authorization", "Bearer \(token)") }
            chat(&scene, minutes: 5)
            scene.wait(30)
            scene.end(by: .server, 1008)
        },
        .complies("a newer token came") { scene in
            scene.open { $0.request("Authorization", "Bearer \(token)") }
            chat(&scene, minutes: 4)
            scene.text(.client, #"{"type":"auth","token":"\#(newer)"}"#)
            chat(&scene, minutes: 10)
            scene.end()
        },
        .tooLittle("over before the token was") { scene in
            scene.open { $0.request("Authorization", "Bearer \(token)") }
            chat(&scene, minutes: 2)
            scene.end()
        },
        .tooLittle("a token that tells nothing") { scene in
            scene.open()
            scene.text(.server, #"{"type":"welcome"}"#)
            scene.end()
        },
    ]
}
