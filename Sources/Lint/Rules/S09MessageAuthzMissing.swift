import Connection
import Wire

/// Messages are obeyed whoever sends them.
struct MessageAuthzMissing: ConnectionRule {
    static let page = RulePage(
        "S09", "message-authz-missing", .note, .low, [.wire], isPedantic: true,
        references: [
            "OWASP WebSocket Security Cheat Sheet", "OWASP API1:2023", "OWASP API5:2023", "CWE-862", "CWE-639",
            "CWE-294",
        ], lesson: 8,
        says: "The server does what a message asks without asking whether this client may.",
        why: """
            Authentication at the handshake says who is connected, not what that user may do. Behind one open \
            connection everything is reachable: another user's account by its id, an admin's action by its name.
            """,
        evidence: """
            Traffic can only hint at it: one connection names at least `accounts` different accounts, in keys such as \
            userId, accountId or customerId, or in the id of a kind of message about users, and the server answers \
            without refusing any.
            """,
        fix: "Check for every message whether this user may do this with this object; refuse with an error.",
        snippets: [
            Snippet(
                .ws,
                """
                ws.on("message", raw => {
                  const { type, accountId } = parse(raw);
                  if (!may(ws.user, type, accountId)) return ws.send('{"type":"error","code":"forbidden"}');
                  handlers[type](ws, accountId);
                });
                """),
            Snippet(
                .websockets,
                """
                async for raw in websocket:
                    message = parse(raw)
                    if not may(user, message.type, message.account_id):
                        await websocket.send('{"type":"error","code":"forbidden"}')
                        continue
                    await handlers[message.type](message)
                """),
            Snippet(
                .gorilla,
                """
                if !may(user, message.Type, message.AccountID) {
                    err = conn.WriteJSON(Failure{Type: "error", Code: "forbidden"})
                    continue
                }
                """),
        ],
        exceptions: "A client for administrators, and objects that everyone may see, such as public profiles.",
        thresholds: [Threshold("accounts", .count(2), "how many different accounts one connection must name")],
        examples: examples)

    static let watches: EventKinds = .message

    private let accounts: Int
    /// The ids that the client named; at most 16.
    private var named: Set<String> = []
    private var key = ""
    private var place: WirePlace?
    private var answers = 0
    private var isRefused = false

    init(_ settings: RuleSettings) { accounts = settings.count("accounts") }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .message(let message) = event.kind, !isRefused,
            let sketch = connection.sketch(message, payload)
        else { return }
        switch message.side {
        case .client: hear(sketch, message, payload, connection)
        case .server where !named.isEmpty:
            answers += 1
            isRefused = MessageAuthzMissing.isRefusal(sketch, payload)
        case .server: break
        }
    }

    private mutating func hear(
        _ sketch: JSONSketch, _ message: Event.Message, _ payload: Span<UInt8>, _ connection: LintedConnection
    ) {
        let type = sketch.type(in: payload)?.lowercased() ?? ""
        let isAboutUsers = type.hasAny(of: ["user", "account", "customer", "profile", "member"])
        for member in sketch.members where member.kind == .string || member.kind == .number {
            let name = payload.text(member.key)
            let plain = Secret.plain(name)
            guard MessageAuthzMissing.keys.contains(plain) || isAboutUsers && plain == "id", named.count < 16,
                named.insert(payload.text(member.value)).inserted
            else { continue }
            key = name
            if named.count == accounts { place = connection.place(of: message) }
        }
    }

    private static let keys: Set<String> = [
        "userid", "uid", "accountid", "account", "customerid", "ownerid", "tenantid", "memberid", "profileid",
        "patientid",
    ]

    private static func isRefusal(_ sketch: JSONSketch, _ payload: Span<UInt8>) -> Bool {
        let type = sketch.type(in: payload)?.lowercased() ?? ""
        if type.hasAny(of: ["error", "denied", "forbidden", "unauthorized", "fail"]) {
            return true
        }
        return sketch.members.contains { member in
            let name = Secret.plain(payload.text(member.key))
            switch name {
            case "error", "errors": return member.kind != .null && !payload.extracting(member.value).equals("false")
            case "status", "code", "statuscode": return ["401", "403", "404"].contains(payload.text(member.value))
            case "ok", "success": return payload.extracting(member.value).equals("false")
            default: return false
            }
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if isRefused { return .pass }
        guard let place, answers >= accounts else {
            return .notApplicable("fewer than \(accounts) accounts were named")
        }
        report.add(
            "one connection named \(named.count) accounts (\(SafeText.escape(key))), and none was refused", at: place,
            severity: .note, confidence: .low)
        return .pass
    }
}

extension Span<UInt8> {
    /// At most 64 bytes of it; not safe.
    fileprivate func text(_ range: Range<Int>) -> String {
        extracting(range).extracting(first: 64).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}

extension MessageAuthzMissing {
    private static let examples: [Example] = [
        .violates("two users' records, both given") { scene in
            scene.open()
            for id in 1...2 {
                scene.text(.client, #"{"action":"getUser","id":\#(id)}"#)
                scene.text(.server, #"{"action":"getUser","name":"user \#(id)"}"#)
            }
            scene.end()
        },
        .complies("the other account is refused") { scene in
            scene.open()
            scene.text(.client, #"{"type":"balance","accountId":"a-1"}"#)
            scene.text(.server, #"{"type":"balance","amount":7}"#)
            scene.text(.client, #"{"type":"balance","accountId":"a-2"}"#)
            scene.text(.server, #"{"type":"error","code":"forbidden"}"#)
            scene.end()
        },
        .tooLittle("its own account only") { scene in
            scene.open()
            for _ in 1...2 {
                scene.text(.client, #"{"type":"balance","accountId":"a-1"}"#)
                scene.text(.server, #"{"type":"balance","amount":7}"#)
            }
            scene.end()
        },
    ]
}
