import Connection
import Wire

/// One client opens several connections where one would do.
struct ParallelSockets: RecordingRule {
    static let page = RulePage(
        "L08", "parallel-sockets", .warning, .medium, [.wire],
        references: ["RFC 6455 §4.1", "CWE-770"], lesson: 7,
        says: "One client holds many connections to the same endpoint, or opens two at the same moment.",
        why: """
            Each connection has its own buffers, heartbeat and subscriptions on the server, and the user gets every \
            message several times. Most often it is a component that connects whenever it is drawn, or a reconnect that \
            does not close the connection before. And a client must not have two opening handshakes under way to one \
            address: the rule keeps a page from using its visitors as a weapon.
            """,
        evidence: """
            Connections with the same cookie or other credential, address, host, path and User-Agent: at least \
            `connections` of them open together for longer than `together`. Or two requests of that client to one \
            server address of which none is answered yet, §4.1. Without a credential nobody knows whose they are.
            """,
        fix: "Keep one connection a page and share it: a module, a context, or a SharedWorker for all tabs.",
        snippets: [
            Snippet(
                .browser,
                """
                let socket;
                export function connection() {
                  if (!socket || socket.readyState > WebSocket.OPEN) socket = new WebSocket(url);
                  return socket;
                }
                """),
            Snippet(
                .ws,
                """
                const connections = new Map();
                wss.on("connection", (ws, request, user) => {
                  connections.get(user.id)?.close(4409, "replaced");
                  connections.set(user.id, ws);
                });
                """),
        ],
        exceptions: "Somebody with many tabs open; a test or a gateway that acts for many with one credential.",
        thresholds: [
            Threshold("connections", .count(4), "how many open at once are too many"),
            Threshold("together", .duration(30), "for how long"),
        ],
        examples: examples)

    static let watches: EventKinds = [.head, .established, .closing, .closed, .time]

    private struct Client {
        var open = 0
        /// Since when there are as many as `connections`, and the last of them.
        var since: (time: Timestamp, place: WirePlace, path: String)?
        var most = 0
    }

    private let settings: @Sendable (String) -> RuleSettings
    private var clients = Visitors<Visitor, Client>()
    /// Of each client and server address, opening handshakes that are not answered.
    private var opening = Visitors<Visitor, Int>()
    private var latest: Timestamp?
    private var hasCredentials = false

    init(_ settings: @escaping @Sendable (_ path: String) -> RuleSettings) { self.settings = settings }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        latest = max(latest ?? event.time, event.time)
        guard !connection.isMidstream, let server = connection.opening?.server,
            let credential = connection.credentials.first
        else { return }
        let identity = credential.name + "\0" + credential.value
        guard let visitor = Visitor(connection, identity: identity),
            let asking = Visitor(connection, identity: "\(identity)\0\(server)")
        else { return }
        hasCredentials = true
        switch event.kind {
        case .head(let head):
            if head.side == .client { ask(asking, head, connection, &report) } else { answer(asking) }
        case .established: open(visitor, event.time, connection)
        case .closing(let closure):
            end((visitor, asking), closure.visitEnd(isLast: false), event.time, connection, &report)
        case .closed(let closure):
            end((visitor, asking), closure.visitEnd(isLast: true), event.time, connection, &report)
        case .opened, .frame, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset: break
        }
    }

    mutating func pass(to now: Timestamp, _ report: inout Report) {
        for client in clients.all { tell(client, now, &report) }
    }

    mutating func conclude(_ report: inout Report) -> Verdict {
        if let latest { pass(to: latest, &report) }
        return hasCredentials ? .pass : .notApplicable("no credential tells one client from another")
    }
}

extension ParallelSockets {
    private mutating func ask(
        _ visitor: Visitor, _ head: Event.Head, _ connection: LintedConnection, _ report: inout Report
    ) {
        let count = opening.with(visitor, new: 0) { count in
            count += 1
            return count
        }
        guard count == 2, let server = connection.opening?.server else { return }
        report.add(
            "2 opening handshakes of one client at the same time to \(server)", at: connection.place(of: head),
            subject: "opening")
    }

    private mutating func answer(_ visitor: Visitor) {
        opening.with(visitor, new: 0) { $0 = max(0, $0 - 1) }
    }

    private mutating func open(_ visitor: Visitor, _ now: Timestamp, _ connection: LintedConnection) {
        let path = connection.path ?? ""
        let limit = settings(path).count("connections")
        clients.with(visitor, new: Client()) { client in
            client.open += 1
            client.most = max(client.most, client.open)
            if client.open >= limit, client.since == nil {
                let place = connection.request.map { connection.place(of: $0) } ?? connection.place()
                client.since = (now, place, path)
            }
        }
    }

    private mutating func end(
        _ visitor: (Visitor, asking: Visitor), _ end: Closure.VisitEnd?, _ now: Timestamp,
        _ connection: LintedConnection, _ report: inout Report
    ) {
        guard end != nil else { return }
        if connection.response == nil { answer(visitor.asking) }
        guard connection.handshake != nil else { return }
        let limit = settings(connection.path ?? "").count("connections")
        let before = clients.with(visitor.0, new: Client()) { client in
            let before = client
            client.open = max(0, client.open - 1)
            if client.open < limit {
                client.since = nil
                client.most = client.open
            }
            return before
        }
        tell(before, now, &report)
    }

    private func tell(_ client: Client, _ now: Timestamp, _ report: inout Report) {
        guard let (since, place, path) = client.since, now.since(since) > settings(path).duration("together")
        else { return }
        report.add(
            "one client holds \(client.most) connections to this endpoint for \(Words.duration(now.since(since)))",
            at: place, subject: "open")
    }
}

extension ParallelSockets {
    private static func openAll(_ scene: inout Scene, _ count: Int) {
        for number in 1...count {
            scene.on(number)
            scene.open()
            scene.text(.client, #"{"type":"join","room":"a"}"#)
        }
    }

    private static func endAll(_ scene: inout Scene, _ count: Int) {
        for number in 1...count {
            scene.on(number)
            scene.end()
        }
    }

    private static let examples: [Example] = [
        .violates("four connections for 40 s") { scene in
            openAll(&scene, 4)
            scene.wait(40)
            endAll(&scene, 4)
        },
        .violates("two opening handshakes at once") { scene in
            for number in 1...2 {
                scene.on(number)
                scene.ask()
            }
            for number in 1...2 {
                scene.on(number)
                scene.answer()
            }
            endAll(&scene, 2)
        },
        .complies("four connections for 10 s, when a page was reloaded") { scene in
            openAll(&scene, 4)
            scene.wait(10)
            endAll(&scene, 4)
        },
        .complies("three connections, for three tabs") { scene in
            openAll(&scene, 3)
            scene.wait(40)
            endAll(&scene, 3)
        },
        .tooLittle("nobody knows whose they are") { scene in
            for number in 1...4 {
                scene.on(number)
                scene.open { $0.request("Authorization", nil) }
                scene.text(.client, #"{"type":"login","token":"\#(number)"}"#)
            }
            scene.wait(40)
            endAll(&scene, 4)
        },
    ]
}
