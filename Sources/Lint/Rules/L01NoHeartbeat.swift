import Connection
import Wire

/// Nobody pings a connection that falls silent.
struct NoHeartbeat: ConnectionRule {
    static let page = RulePage(
        "L01", "no-heartbeat", .warning, .medium, [.wire, .probe, .source],
        references: ["RFC 6455 §5.5.2", "OWASP WebSocket Security Cheat Sheet"], lesson: 9,
        says: "The connection is silent for long, and neither side sends a Ping.",
        why: """
            A proxy cuts what is silent: nginx and an AWS load balancer after 60 s, Heroku after 55 s. And a peer that \
            lost its network stays "connected" for minutes or hours, with its memory, until somebody writes to it.
            """,
        evidence: """
            A connection of at least `age`, in which no byte came from either side for `gap`, without a Ping, and \
            without an application's own ping message, before or after.
            """,
        fix: "Let the server send a Ping every 20 to 30 s, and drop a connection that does not answer with a Pong.",
        snippets: [
            Snippet(
                .ws,
                """
                wss.on("connection", ws => { ws.alive = true; ws.on("pong", () => { ws.alive = true; }); });
                setInterval(() => {
                  for (const ws of wss.clients) {
                    if (!ws.alive) { ws.terminate(); continue; }
                    ws.alive = false;
                    ws.ping();
                  }
                }, 30_000);
                """),
            Snippet(.websockets, "serve(handler, host, port, ping_interval=20, ping_timeout=20)  # the default"),
            Snippet(
                .gorilla,
                """
                conn.SetReadDeadline(time.Now().Add(60 * time.Second))
                conn.SetPongHandler(func(string) error { return conn.SetReadDeadline(time.Now().Add(60 * time.Second)) })
                // and in the writer: every 25 s
                conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(10*time.Second))
                """),
            Snippet(
                .nio,
                """
                context.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(20), delay: .seconds(20)) { _ in
                    channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()), promise: nil)
                }
                """),
        ],
        exceptions: "A stream that is never silent needs no heartbeat to stay open; it is not judged.",
        thresholds: [
            Threshold("age", .duration(60), "how old a connection must be to be judged"),
            Threshold("gap", .duration(45), "how long both sides must be silent"),
        ],
        examples: [
            .violates("94 s of silence") { scene in
                scene.open()
                scene.text(.client, #"{"type":"say","text":"hi"}"#)
                scene.wait(94)
                scene.text(.client, #"{"type":"say","text":"still there?"}"#)
                scene.end()
            },
            .complies("a Ping every 20 s") { scene in
                scene.open()
                for beat in 1...4 {
                    scene.wait(20)
                    scene.ping(.server, "\(beat)")
                    scene.pong(.client, "\(beat)")
                }
                scene.end()
            },
            .tooLittle("over after 3 s") { scene in
                scene.open()
                scene.wait(3)
                scene.end()
            },
            .tooLittle("never silent") { scene in
                scene.open()
                for tick in 1...10 {
                    scene.wait(10)
                    scene.text(.server, #"{"type":"tick","n":\#(tick)}"#)
                }
                scene.end()
            },
        ])

    static let watches: EventKinds = [.established, .frame, .message, .closed, .time]

    private let age: Int64
    private let gap: Int64
    private var lastSeen: Timestamp?
    private var longest: (start: Timestamp, end: Timestamp)?
    private var hasHeartbeat = false

    init(_ settings: RuleSettings) {
        age = settings.duration("age")
        gap = settings.duration("gap")
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        switch event.kind {
        case .frame(let frame):
            if frame.header.opcode == .ping || frame.header.opcode == .pong { hasHeartbeat = true }
        case .message(let message):
            if let type = connection.sketch(message, payload)?.type(in: payload), Self.names.contains(type.lowercased())
            {
                hasHeartbeat = true
            }
        case .opened, .head, .established, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closing, .closed: break
        }
        measure(to: event.time)
        lastSeen = event.time
    }

    private static let names: Set<String> = ["ping", "pong", "heartbeat", "keepalive", "keep-alive", "hb"]

    private mutating func measure(to now: Timestamp) {
        guard let lastSeen, now.since(lastSeen) > longest.map({ $0.end.since($0.start) }) ?? 0 else { return }
        longest = (lastSeen, now)
    }

    mutating func pass(to now: Timestamp, on connection: LintedConnection, _ report: inout Report) {
        measure(to: now)
        tell(connection, now, &report)
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        tell(connection, connection.last, &report)
        if hasHeartbeat { return .pass }
        return .notApplicable(connection.age < age ? "shorter than \(Words.duration(age))" : "never silent for long")
    }

    private func tell(_ connection: LintedConnection, _ now: Timestamp, _ report: inout Report) {
        guard !hasHeartbeat, !report.hasFindings, let longest, let established = connection.established,
            now.since(established) >= age, longest.end.since(longest.start) >= gap
        else { return }
        report.add(
            "\(Words.duration(longest.end.since(longest.start))) of silence, and no Ping from either side",
            at: connection.place(from: longest.start, until: longest.end))
    }
}
