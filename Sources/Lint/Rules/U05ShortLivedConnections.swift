import Connection
import Wire

/// A connection is opened for each question, and closed after its answer.
struct ShortLivedConnections: RecordingRule {
    static let page = RulePage(
        "U05", "short-lived-connections", .warning, .low, [.wire],
        references: ["RFC 6455 §7.3", "RFC 6455 §1.1"], lesson: 6,
        says: "A client opens one connection after the other, each for a moment.",
        why: """
            A connection costs TCP, TLS and an opening handshake: three round trips and some 5 KiB before the first \
            message. Kept open, that is paid once. Opened for each question it is dearer than an HTTP request, which \
            reuses its connection and can be cached.
            """,
        evidence: """
            One client, told by address, path and User-Agent, opens at least `connections` within `window`, one after \
            the other, each open for less than `short` and ended as intended, not lost.
            """,
        fix: "Keep the connection open and send all messages through it; or ask by HTTP.",
        snippets: [
            Snippet(
                .browser,
                """
                const socket = new WebSocket(url);          // once, not in ask()
                const ask = message => socket.send(JSON.stringify(message));
                """)
        ],
        exceptions: "Tests and monitoring, which try out that a connection can be opened.",
        thresholds: [
            Threshold("connections", .count(5), "how many in a row"),
            Threshold("window", .duration(60), "within what time"),
            Threshold("short", .duration(5), "how long each is open at most"),
        ],
        examples: examples)

    static let watches: EventKinds = [.head, .established, .closing, .closed]

    private struct Client {
        var open = 0
        /// When the last short ones were established, as many as matter.
        var starts: [Timestamp] = []
        var longest: Int64 = 0
        var count = 0
    }

    private let settings: @Sendable (String) -> RuleSettings
    private var clients = Visitors<Visitor, Client>()
    private var hasEnough = false

    init(_ settings: @escaping @Sendable (_ path: String) -> RuleSettings) { self.settings = settings }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard !connection.isMidstream, let visitor = Visitor(connection) else { return }
        switch event.kind {
        case .established:
            clients.with(visitor, new: Client()) { client in
                if client.open > 0 { client.starts = [] }
                client.open += 1
            }
        case .closing(let closure): end(visitor, closure.visitEnd(isLast: false), event.time, connection, &report)
        case .closed(let closure): end(visitor, closure.visitEnd(isLast: true), event.time, connection, &report)
        case .opened, .head, .frame, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset: break
        }
    }

    private mutating func end(
        _ visitor: Visitor, _ end: Closure.VisitEnd?, _ now: Timestamp, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        guard let end, let established = connection.established, connection.handshake != nil else { return }
        let settings = settings(connection.path ?? "")
        let enough = max(2, settings.count("connections"))
        let age = now.since(established)
        let isShort = age < settings.duration("short") && end == .normal
        let client = clients.with(visitor, new: Client()) { client in
            client.count += 1
            if client.open != 1 || !isShort {
                client.starts = []
                client.longest = 0
            } else {
                if client.starts.count == enough { client.starts.removeFirst() }
                client.starts.append(established)
                client.longest = max(client.longest, age)
            }
            client.open = max(0, client.open - 1)
            return client
        }
        if client.count >= enough { hasEnough = true }
        guard client.starts.count == enough, let first = client.starts.first,
            now.since(first) <= settings.duration("window")
        else { return }
        report.add(
            "\(enough) connections of one client within \(Words.duration(now.since(first))), each open for "
                + "\(Words.duration(client.longest)) at most",
            at: connection.place(from: first, until: now))
    }

    mutating func conclude(_ report: inout Report) -> Verdict {
        hasEnough ? .pass : .notApplicable("no client came back often enough")
    }
}

extension ShortLivedConnections {
    private static func visit(_ scene: inout Scene, _ numbers: ClosedRange<Int>, for seconds: Double) {
        for number in numbers {
            scene.on(number)
            scene.wait(2)
            scene.open()
            scene.text(.client, #"{"type":"ask","n":\#(number)}"#)
            scene.text(.server, #"{"type":"answer","n":\#(number)}"#)
            scene.wait(seconds)
            scene.end()
        }
    }

    private static let examples: [Example] = [
        .violates("a connection for each question") { scene in visit(&scene, 1...5, for: 0.2) },
        .complies("connections that last") { scene in visit(&scene, 1...6, for: 20) },
        .complies("short ones now and then") { scene in
            for number in 1...6 {
                visit(&scene, number...number, for: 0.2)
                scene.wait(40)
            }
        },
        .tooLittle("four of them") { scene in visit(&scene, 1...4, for: 0.2) },
    ]
}
