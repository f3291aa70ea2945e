import Connection
import Wire

/// A server ends many connections at once and does not say that it goes away.
struct MassDrop: RecordingRule {
    static let page = RulePage(
        "C06", "mass-drop", .warning, .medium, [.wire],
        references: ["RFC 6455 §7.4.1", "RFC 6455 §7.2.3"], lesson: 7,
        says: "A server, or a proxy before it, ends many connections at the same time without 1001 or 1012.",
        why: """
            That is what a deployment looks like that nobody prepared. All clients come back in the same second, and \
            those that got 1000 perhaps never; the new server starts under the load of all of them at once.
            """,
        evidence: """
            At least `connections` of one server end within `window`, the server first, with no Close or one of 1000, \
            1011 or no code; and they are at least `share` of those it had.
            """,
        fix: """
            On shutdown, stop accepting, send 1001 (or 1012 for a restart) to everybody over some seconds, and let \
            clients wait a random time before they come back.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                process.on("SIGTERM", () => {
                  server.close();
                  for (const ws of wss.clients) {
                    setTimeout(() => ws.close(1001, "restart"), Math.random() * 5_000);
                  }
                });
                """),
            Snippet(.websockets, "server.close()  # sends 1001 to everybody, and waits for the handlers"),
            Snippet(
                .gorilla,
                """
                // http.Server.Shutdown does not know hijacked connections: close them yourself.
                server.RegisterOnShutdown(func() {
                    message := websocket.FormatCloseMessage(websocket.CloseGoingAway, "restart")
                    for conn := range connections {
                        conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
                    }
                })
                """),
            Snippet(.nginx, "worker_shutdown_timeout 60s;  # a reload leaves connections that long"),
        ],
        exceptions: "The end of something that all took part in, a game or a broadcast, may well be 1000 for all.",
        thresholds: [
            Threshold("connections", .count(3), "how many must end together"),
            Threshold("window", .duration(2), "within what time"),
            Threshold("share", .ratio(0.5), "which share of the server's connections they must be"),
        ],
        examples: [
            .violates("1000 for everybody") { scene in
                scene.openThree()
                for number in 1...3 {
                    scene.on(number)
                    scene.end(by: .server, 1000)
                }
            },
            .violates("the server is gone") { scene in
                scene.openThree()
                for number in 1...3 {
                    scene.on(number)
                    scene.reset(.server)
                }
            },
            .complies("1001 for everybody") { scene in
                scene.openThree()
                for number in 1...3 {
                    scene.on(number)
                    scene.end(by: .server, 1001)
                }
            },
            .complies("clients that leave at the same time") { scene in
                scene.openThree()
                for number in 1...3 {
                    scene.on(number)
                    scene.end(by: .client, 1000)
                }
            },
            .tooLittle("two connections") { scene in
                for number in 1...2 {
                    scene.on(number)
                    scene.open()
                    scene.end(by: .server, 1000)
                }
            },
        ])

    static let watches: EventKinds = [.established, .closed, .time]

    private var drops: MassDrops
    private let connections: Int
    private var ended = 0

    /// The thresholds are those of all endpoints: a server is more than one of them.
    init(_ settings: @escaping @Sendable (_ path: String) -> RuleSettings) {
        let settings = settings("")
        drops = MassDrops(settings)
        connections = settings.count("connections")
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        tell(drops.finished(at: event.time), &report)
        guard let server = connection.opening?.server else { return }
        switch event.kind {
        case .established: drops.opened(at: server)
        case .closed(let closure):
            if let drop = MassDrops.Drop(closure, of: connection) { drops.add(drop, at: server) }
            if connection.handshake != nil { drops.closed(at: server) }
            if connection.hasEnded, connection.unjudgedEnding == nil { ended += 1 }
        case .opened, .head, .frame, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closing: break
        }
    }

    mutating func pass(to now: Timestamp, _ report: inout Report) {
        tell(drops.finished(at: now), &report)
    }

    mutating func conclude(_ report: inout Report) -> Verdict {
        tell(drops.finished(at: nil), &report)
        return ended >= connections ? .pass : .notApplicable("fewer than \(connections) connections ended")
    }

    private func tell(_ clusters: [MassDrops.Cluster], _ report: inout Report) {
        for cluster in clusters where drops.isMass(cluster) {
            guard let first = cluster.drops.first else { continue }
            let codes = Set(
                cluster.drops.map { $0.code.map { $0 == .noStatusReceived ? "no code" : "\($0)" } ?? "no Close" })
            report.add(
                "\(cluster.count) of \(cluster.open) connections of \(cluster.server) ended within "
                    + "\(Words.duration(cluster.last.since(cluster.first))), with \(codes.sorted().joined(separator: ", "))",
                at: first.place, subject: "\(cluster.server)")
        }
    }
}

extension Scene {
    /// Three connections that are open at the same time.
    fileprivate mutating func openThree() {
        for number in 1...3 {
            on(number)
            open()
            text(.client, "hi")
        }
    }
}
