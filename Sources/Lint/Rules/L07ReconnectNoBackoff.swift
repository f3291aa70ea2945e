import Connection
import Wire

/// A client that was refused or lost comes back at once, again and again.
struct ReconnectNoBackoff: RecordingRule {
    static let page = RulePage(
        "L07", "reconnect-no-backoff", .warning, .medium, [.wire, .source],
        references: ["RFC 6455 §7.2.3", "CWE-400"], lesson: 7,
        says: "Clients reconnect without waiting longer each time, or all at the same moment.",
        why: """
            A server that restarts gets all its clients back at once: each opening handshake with its TLS, its \
            authentication and its first queries, while caches are empty. It fails under that load, and the clients, who \
            wait a fixed second, come back together. Only waits that grow, and that differ from client to client, spread \
            them out; RFC 6455 §7.2.3 asks for both.
            """,
        evidence: """
            One client, told by address, path and User-Agent, fails at least `attempts` times in a row, one after the \
            other, and its waits do not grow by a factor of `ratio`: they are all shorter than `hot`; or vary by less \
            than `jitter` of their mean, which is below `calm`; or eight of them are no longer in the end than in the \
            beginning. Failed is refused, or lost by the server within `short`. And a storm, which is an error: `storm` \
            clients or more are back within `window` after the server dropped as many connections within 2 s.
            """,
        fix: """
            Wait a random time between 0 and a limit that doubles from 1 s to 30 s with each failure, and reset it only \
            when a connection has lasted.
            """,
        snippets: [
            Snippet(
                .browser,
                """
                let failures = 0;
                function connect() {
                  const socket = new WebSocket(url);
                  let steady;
                  socket.onopen = () => { steady = setTimeout(() => { failures = 0; }, 10_000); };
                  socket.onclose = () => {
                    clearTimeout(steady);
                    const limit = Math.min(30_000, 1_000 * 2 ** failures++);
                    setTimeout(connect, Math.random() * limit);
                  };
                }
                """),
            Snippet(
                .websockets,
                """
                async for connection in connect(url):  # waits longer each time, with jitter
                    try:
                        await talk(connection)
                    except websockets.ConnectionClosed:
                        continue
                """),
            Snippet(
                .gorilla,
                """
                for limit := time.Second; ; limit = min(2*limit, 30*time.Second) {
                    if conn, _, err := websocket.DefaultDialer.Dial(url, nil); err == nil {
                        limit = time.Second
                        talk(conn)
                    }
                    time.Sleep(rand.N(limit))
                }
                """),
        ],
        exceptions: "Several clients behind one address with the same User-Agent, such as a test that opens many.",
        thresholds: [
            Threshold("attempts", .count(4), "how many attempts in a row must fail"),
            Threshold("ratio", .ratio(1.2), "by what factor waits must grow"),
            Threshold("hot", .duration(0.5), "a wait that is none"),
            Threshold("jitter", .ratio(0.1), "how much waits must differ, as a share of their mean"),
            Threshold("calm", .duration(10), "from where on a fixed wait does little harm"),
            Threshold("short", .duration(5), "how long a connection must last to be no failure"),
            Threshold("storm", .count(5), "how many clients that come back together are a storm"),
            Threshold("window", .duration(1), "how soon after the drop"),
        ],
        examples: examples)

    static let watches: EventKinds = [.head, .closing, .closed]

    private struct Client {
        var waits = Waits()
        /// Connections and attempts under way: who has several at once does not come back, but comes in numbers.
        var open = 0
        var isInBurst = false
    }

    /// Connections that their server dropped within two seconds, and who is back.
    private struct Burst {
        var first: Timestamp
        var last: Timestamp
        var dropped = 1
        var returned = 0
        static let window: Int64 = 2_000_000_000
    }

    private let settings: @Sendable (String) -> RuleSettings
    private var clients = Visitors<Visitor, Client>()
    private var burst: Burst?
    private var hasEnough = false

    init(_ settings: @escaping @Sendable (_ path: String) -> RuleSettings) { self.settings = settings }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard !connection.isMidstream, let visitor = Visitor(connection) else { return }
        switch event.kind {
        case .head(let head) where head.side == .client: attempt(visitor, head, event.time, connection, &report)
        case .head(let head):
            guard let status = head.head.status, status != 101, status >= 200 else { return }
            end(visitor, .failed, event.time, connection, &report)
        case .closing(let closure):
            guard let end = closure.visitEnd(isLast: false), !connection.isRefused else { return }
            self.end(visitor, end, event.time, connection, &report)
        case .closed(let closure):
            guard let end = closure.visitEnd(isLast: true), !connection.isRefused else { return }
            self.end(visitor, end, event.time, connection, &report)
        case .opened, .established, .frame, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset: break
        }
    }

    mutating func conclude(_ report: inout Report) -> Verdict {
        hasEnough ? .pass : .notApplicable("no client had to come back again and again")
    }
}

extension LintedConnection {
    /// The opening handshake was answered, and not with 101.
    fileprivate var isRefused: Bool { response.map { $0.head.status != 101 } ?? false }
}

extension ReconnectNoBackoff {
    private mutating func attempt(
        _ visitor: Visitor, _ head: Event.Head, _ now: Timestamp, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        let isBack = clients.with(visitor, new: Client()) { client in
            if client.open > 0 { client.waits.reset() } else { client.waits.attempt(at: head.began) }
            client.open += 1
            return client.isInBurst
        }
        if isBack { comeBack(at: head.began, head, connection, &report) }
    }

    private mutating func end(
        _ visitor: Visitor, _ end: Closure.VisitEnd, _ now: Timestamp, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        let settings = settings(connection.path ?? "")
        let isDropped = end == .failed && connection.handshake != nil
        let isShort = connection.established.map { now.since($0) < settings.duration("short") } ?? true
        if isDropped { drop(at: now) }
        let waits = clients.with(visitor, new: Client()) { client in
            client.open = max(0, client.open - 1)
            client.isInBurst = isDropped
            switch end {
            case .normal: client.waits.reset()
            case .failed: if isShort { client.waits.fail(at: now) } else { client.waits.lose(at: now) }
            }
            return client.waits
        }
        guard waits.areEnough(settings.count("attempts")) else { return }
        hasEnough = true
        guard let fault = waits.fault(settings) else { return }
        report.add(
            "\(waits.failures) attempts failed in a row, \(Self.words(fault))", at: Self.place(connection),
            subject: "waits")
    }

    private static func place(_ connection: LintedConnection) -> WirePlace {
        connection.request.map { connection.place(of: $0) } ?? connection.place()
    }

    private static func words(_ fault: Waits.Fault) -> String {
        switch fault {
        case .none(let longest): "each at most \(Words.duration(longest)) after the one before"
        case .fixed(let wait): "each \(Words.duration(wait)) after the one before"
        case .flat(let shortest, let longest):
            "after waits of \(Words.duration(shortest)) to \(Words.duration(longest)), which do not grow"
        }
    }

    private mutating func drop(at now: Timestamp) {
        if let burst, now.since(burst.first) <= Burst.window {
            self.burst?.last = max(burst.last, now)
            self.burst?.dropped += 1
        } else {
            burst = Burst(first: now, last: now)
        }
    }

    private mutating func comeBack(
        at time: Timestamp, _ head: Event.Head, _ connection: LintedConnection, _ report: inout Report
    ) {
        let settings = settings(connection.path ?? "")
        guard let burst, time.since(burst.last) <= settings.duration("window") else { return }
        self.burst?.returned += 1
        let storm = settings.count("storm")
        guard burst.dropped >= storm, burst.returned + 1 == storm else { return }
        report.add(
            "\(storm) clients are back within \(Words.duration(time.since(burst.first))) after the server dropped "
                + "\(Words.count(burst.dropped, "connection"))",
            at: connection.place(of: head), subject: "storm", severity: .error)
    }
}

extension ReconnectNoBackoff {
    /// A client is refused, and comes back after each of these waits.
    private static func insist(_ scene: inout Scene, _ waits: [Double]) {
        for (number, wait) in ([0] + waits).enumerated() {
            scene.wait(wait)
            scene.on(number + 1)
            scene.ask {
                $0.status = 503
                $0.response = [("Retry-After", "30"), ("Content-Length", "0")]
            }
            scene.answer()
            scene.fin(.server)
            scene.fin(.client)
        }
    }

    /// Five clients that the server sends away, and who are back after that time and as much for each.
    private static func restart(_ scene: inout Scene, back wait: Double) {
        let client = { (number: Int) in Address(ip: [198, 51, 100, UInt8(number)], port: 50_000) }
        for number in 1...5 {
            scene.on(number)
            scene.open { $0.client = client(number) }
        }
        scene.wait(10)
        for number in 1...5 {
            scene.on(number)
            scene.end(by: .server, 1001)
        }
        for number in 1...5 {
            scene.wait(wait)
            scene.on(5 + number)
            scene.open { $0.client = client(number) }
        }
        for number in 6...10 {
            scene.on(number)
            scene.end()
        }
    }

    private static let examples: [Example] = [
        .violates("again at once") { scene in insist(&scene, [0.05, 0.05, 0.05, 0.05]) },
        .violates("always a second") { scene in insist(&scene, [1, 1, 1, 1]) },
        .violates("random waits that do not grow") { scene in
            insist(&scene, [0.8, 1.6, 1.1, 2, 0.7, 1.9, 1.2, 0.9, 1.5])
        },
        .violates("five clients are back at once after a restart") { scene in restart(&scene, back: 0.05) },
        .complies("waits that double") { scene in insist(&scene, [1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30, 30]) },
        .complies("random waits that grow") { scene in insist(&scene, [0.6, 1.1, 3.7, 2.9, 12, 9.4, 28, 17, 24]) },
        .tooLittle("two attempts") { scene in insist(&scene, [0.05]) },
        .tooLittle("the server is back before the third") { scene in
            insist(&scene, [1, 1])
            scene.on(4)
            scene.open()
            scene.end()
        },
        .tooLittle("clients that come back one by one after a restart") { scene in restart(&scene, back: 3) },
        .tooLittle("many at once, not one after the other") { scene in
            for number in 1...6 {
                scene.on(number)
                scene.ask {
                    $0.request("Authorization", nil)
                    $0.status = 503
                    $0.response = [("Retry-After", "30"), ("Content-Length", "0")]
                }
            }
            for number in 1...6 {
                scene.on(number)
                scene.answer()
                scene.fin(.server)
                scene.fin(.client)
            }
        },
    ]
}
