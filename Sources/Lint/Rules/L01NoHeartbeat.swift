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
            A connection of at least `age`, and in it a silence of at least `gap` that no heartbeat ended: no Ping, no \
            Pong, and no message of the application for that purpose, such as "ping". Where heartbeats come, but less \
            often than that, a silence counts from one and a half times their interval on. While traffic is live, it \
            has to last twice as long, for a Ping may still come. The probe is silent for 65 s, with --slow.
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
        examples: examples)

    static let watches: EventKinds = [.established, .frame, .message, .closing, .time]

    private let age: Int64
    private let gap: Int64
    private var lastSeen: Timestamp?
    /// The longest silence that no heartbeat ended.
    private var longest: (start: Timestamp, end: Timestamp)?
    /// The silence before the last frame, until it is known what that frame says.
    private var recent: (start: Timestamp, end: Timestamp)?
    private var lastBeat: Timestamp?
    /// The shortest time between two heartbeats that are none and its answer.
    private var interval: Int64?
    private var isClosing = false

    init(_ settings: RuleSettings) {
        age = settings.duration("age")
        gap = settings.duration("gap")
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard !isClosing else { return }
        switch event.kind {
        case .frame(let frame):
            settle()
            let isBeat = frame.header.opcode == .ping || frame.header.opcode == .pong
            if !isBeat { measure(to: frame.began) }
            if isBeat, frame.answers == nil { beat(at: event.time) }
        case .message(let message):
            if message.applicationBytes <= 512, connection.gist(message, payload).beat != nil { beat(at: event.time) }
        case .closing:
            settle()
            measure(to: event.time)
            settle()
            isClosing = true
        case .opened, .head, .established, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closed: break
        }
        lastSeen = event.time
    }

    /// - Parameter now: When the silence ended, or how far it has come.
    private mutating func measure(to now: Timestamp) {
        if let lastSeen, now.since(lastSeen) >= gap { recent = (lastSeen, now) }
    }

    private mutating func settle() {
        guard let recent else { return }
        self.recent = nil
        if recent.end.since(recent.start) > longest.map({ $0.end.since($0.start) }) ?? 0 { longest = recent }
    }

    private mutating func beat(at time: Timestamp) {
        if let lastBeat, time.since(lastBeat) >= Self.shortest {
            interval = min(interval ?? .max, time.since(lastBeat))
        }
        lastBeat = time
        // The silence before it was its own interval.
        recent = nil
    }

    /// What is closer together is no interval.
    private static let shortest: Int64 = 1_000_000_000

    mutating func pass(to now: Timestamp, on connection: LintedConnection, _ report: inout Report) {
        guard !isClosing, let lastSeen, now.since(lastSeen) >= 2 * gap else { return }
        tell(connection, (lastSeen, now), &report)
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        settle()
        if !isClosing {
            measure(to: connection.last)
            settle()
        }
        if let longest { tell(connection, longest, &report) }
        if connection.isIncomplete.client || connection.isIncomplete.server { return .incomplete }
        if lastBeat != nil { return .pass }
        return connection.age < age ? .tooShort(age) : .notApplicable("never silent for long")
    }

    private func tell(
        _ connection: LintedConnection, _ silence: (start: Timestamp, end: Timestamp), _ report: inout Report
    ) {
        let length = silence.end.since(silence.start)
        guard length >= gap, length > interval.map({ $0 + $0 / 2 }) ?? 0, !connection.isIncomplete.client,
            !connection.isIncomplete.server, let established = connection.established,
            silence.end.since(established) >= age
        else { return }
        report.add(
            "\(Words.duration(length)) of silence, and no \(lastBeat == nil ? "Ping from either side" : "Ping in it")",
            at: connection.place(from: silence.start, until: silence.end))
    }
}

extension NoHeartbeat {
    private static let examples: [Example] = [
        .violates("94 s of silence") { scene in
            scene.open()
            scene.text(.client, #"{"type":"say","text":"hi"}"#)
            scene.wait(94)
            scene.text(.client, #"{"type":"say","text":"still there?"}"#)
            scene.end()
        },
        .violates("heartbeats that begin after the silence") { scene in
            scene.open()
            scene.wait(70)
            scene.text(.server, #"{"type":"news"}"#)
            scene.beat(every: 20, times: 3)
            scene.end()
        },
        .violates("silent until the end of TCP") { scene in
            scene.open()
            scene.text(.client, #"{"type":"say","text":"hi"}"#)
            scene.wait(94)
            scene.end(by: .server, 1001)
        },
        .complies("a Ping every 20 s") { scene in
            scene.open()
            scene.beat(every: 20, times: 4)
            scene.end()
        },
        .complies("a heartbeat of the application's own") { scene in
            scene.open()
            for _ in 1...3 {
                scene.wait(30)
                scene.text(.client, "ping")
                scene.text(.server, "pong")
            }
            scene.end()
        },
        .complies("a rare heartbeat, and a message between: how rare it may be is another rule's matter") { scene in
            scene.open()
            scene.wait(50)
            scene.text(.server, #"{"type":"news"}"#)
            scene.wait(10)
            scene.ping(.server, "1")
            scene.pong(.client, "1")
            scene.beat(every: 60, times: 2)
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
        .tooLittle("bytes are missing, perhaps Pings") { scene in
            scene.open()
            scene.wait(30)
            scene.hole(.server, 40)
            scene.wait(94)
            scene.end()
        },
    ]
}
