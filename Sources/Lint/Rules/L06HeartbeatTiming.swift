import Connection
import Wire

/// A heartbeat's interval or timeout does not fit the connection or the other.
struct HeartbeatTiming: ConnectionRule {
    static let page = RulePage(
        "L06", "heartbeat-timing", .warning, .medium, [.wire, .source],
        references: ["RFC 6455 §5.5.2", "RFC 6455 §5.5.3"], lesson: 9,
        says: "A heartbeat's timeout is too short for its Pings, or its interval is not what was declared.",
        why: """
            A timeout that is shorter than a slow answer kills healthy connections whenever the network is busy; all \
            clients then come back at once. One that counts from the last message, and not from the Ping, can run out \
            before the first Ping is even sent. And an interval that is read from the configuration, but never used, \
            protects nobody.
            """,
        evidence: """
            A side closes because a Ping was not answered, and either that Ping had waited for less than the 99th \
            percentile of at least `pongs` round trips and `margin`, or no Ping was waiting at all. Or the server \
            declares an interval, such as `pingInterval`, and heartbeats come at more than `factor` times of it, or none \
            in that time for `times` intervals, though the connection is not silent.
            """,
        fix: """
            Let the timeout run from the Ping, and be several times the slowest round trip: 20 s and 20 s are good \
            defaults. Choose one place where both numbers come from, and test that they arrive.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                let timeout;
                const interval = setInterval(() => {
                  ws.ping();
                  timeout = setTimeout(() => ws.terminate(), 20_000);   // counts from this Ping
                }, 30_000);
                ws.on("pong", () => clearTimeout(timeout));
                ws.on("close", () => { clearInterval(interval); clearTimeout(timeout); });
                """),
            Snippet(.websockets, "serve(handler, host, port, ping_interval=20, ping_timeout=20)  # the default"),
            Snippet(
                .gorilla,
                """
                const pongWait = 60 * time.Second
                const pingPeriod = pongWait * 9 / 10 // must be less than pongWait
                conn.SetReadDeadline(time.Now().Add(pongWait))
                conn.SetPongHandler(func(string) error { return conn.SetReadDeadline(time.Now().Add(pongWait)) })
                """),
        ],
        exceptions: "A client that leaves while a Ping is on its way; its Close does not speak of a timeout.",
        thresholds: [
            Threshold("margin", .duration(1), "how much longer than the slowest round trip a timeout must be"),
            Threshold("pongs", .count(3), "how many round trips tell what is usual"),
            Threshold("factor", .ratio(2), "how many times the declared interval heartbeats may take"),
            Threshold("times", .ratio(3), "for how many declared intervals there may be none"),
        ],
        examples: examples)

    static let watches: EventKinds = [.established, .frame, .message, .closing]

    private struct Pinging {
        var trips = RoundTrips()
        /// The newest Ping without an answer.
        var waiting: (frame: UInt64, sent: Timestamp)?
        /// A ping of the application waits for its answer.
        var isAsking = false
    }

    private let settings: RuleSettings
    private var pinging = BothSides(Pinging())
    private var pulse = Pulse()
    private var declared: (interval: Int64, frame: UInt64, time: Timestamp)?
    private var lastBeat: Timestamp?
    private var lastSeen: Timestamp?
    private var longestSilence: Int64 = 0
    private var isClosing = false

    /// From there on, that there is no heartbeat is another rule's matter.
    private static let silence: Int64 = 45_000_000_000

    init(_ settings: RuleSettings) { self.settings = settings }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard !isClosing else { return }
        switch event.kind {
        case .frame(let frame): see(frame, event.time)
        case .message(let message): see(message, payload, connection)
        case .closing(let closure):
            isClosing = true
            judge(closure, event.time, connection, &report)
            judgeInterval(connection, &report)
        case .opened, .head, .established, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closed: break
        }
        lastSeen = event.time
    }

    private mutating func see(_ frame: Event.Frame, _ now: Timestamp) {
        if let lastSeen { longestSilence = max(longestSilence, frame.began.since(lastSeen)) }
        switch frame.header.opcode {
        case .ping:
            pinging[frame.side].waiting = (frame.number, now)
            beat(frame.side, isControl: true, frame.number, now)
        case .pong:
            if let ping = frame.answers {
                pinging[frame.side.peer].trips.add(ping.roundTrip)
                pinging[frame.side.peer].waiting = nil
            } else {
                beat(frame.side, isControl: true, frame.number, now)
            }
        case .continuation, .text, .binary, .close, .reserved: break
        }
    }

    private mutating func see(_ message: Event.Message, _ payload: Span<UInt8>, _ connection: LintedConnection) {
        if message.side == .server, message.number <= 4, declared == nil {
            declared = DeclaredHeartbeat(payload).map { ($0.interval, message.frames.upperBound, message.began) }
        }
        guard message.applicationBytes <= 512, let beat = connection.gist(message, payload).beat else { return }
        guard beat != .pong else {
            pinging[message.side.peer].isAsking = false
            return
        }
        if beat == .ping { pinging[message.side].isAsking = true }
        self.beat(message.side, isControl: false, message.frames.upperBound, message.began)
    }

    private mutating func beat(_ side: Side, isControl: Bool, _ frame: UInt64, _ time: Timestamp) {
        pulse.beat(Pulse.Source(side: side, isControl: isControl), frame: frame, at: time)
        lastBeat = time
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if !isClosing { judgeInterval(connection, &report) }
        if connection.isIncomplete.client || connection.isIncomplete.server { return .incomplete }
        let enough = settings.count("pongs")
        if max(pinging.client.trips.count, pinging.server.trips.count) >= enough { return .pass }
        if declared != nil, pulse.steadiest != nil { return .pass }
        return .notApplicable("fewer than \(Words.count(enough, "Pong"))")
    }
}

extension HeartbeatTiming {
    private func judge(
        _ closure: Closure, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report
    ) {
        guard let side = closure.first, let close = closure.wire[side], CloseReason(close.payload) == .unanswered,
            !connection.isIncomplete.client, !connection.isIncomplete.server
        else { return }
        let reason = SafeText.escape(String(close.payload.reason.prefix(60)))
        guard let waiting = pinging[side].waiting else {
            guard !pinging[side].isAsking else { return }
            report.add(
                "the \(side) closes with \"\(reason)\" while no Ping of its own waits for an answer",
                at: connection.place(side: side, frame: close.frame, from: lastBeat, until: now),
                subject: "\(side) early")
            return
        }
        let waited = now.since(waiting.sent)
        let trips = pinging[side].trips
        guard trips.count >= settings.count("pongs"), let slowest = trips.percentile(0.99),
            waited < slowest + settings.duration("margin")
        else { return }
        report.add(
            "the \(side) gives a Pong \(Words.duration(waited)), and up to \(Words.duration(slowest)) are usual",
            at: connection.place(side: side, frame: close.frame, from: waiting.sent, until: now),
            subject: "\(side) short")
    }

    private func judgeInterval(_ connection: LintedConnection, _ report: inout Report) {
        guard let declared, longestSilence < Self.silence, !connection.isIncomplete.client,
            !connection.isIncomplete.server
        else { return }
        let promise = "the server declares a heartbeat every \(Words.duration(declared.interval))"
        if let steadiest = pulse.steadiest {
            let factor = settings.ratio("factor")
            guard Double(steadiest.interval) > Double(declared.interval) * factor else { return }
            report.add(
                "\(promise), and \(steadiest.source.words) comes every \(Words.duration(steadiest.interval))",
                at: connection.place(side: .server, frame: declared.frame, from: declared.time), subject: "declared")
            return
        }
        let since = connection.last.since(lastBeat ?? declared.time)
        guard Double(since) > Double(declared.interval) * settings.ratio("times") else { return }
        report.add(
            "\(promise), and none came for \(Words.duration(since))",
            at: connection.place(side: .server, frame: declared.frame, from: declared.time), subject: "declared")
    }
}

extension HeartbeatTiming {
    private static let hello = #"{"type":"hello","heartbeatInterval":10000}"#

    private static func news(_ scene: inout Scene, times: Int) {
        for number in 1...times {
            scene.wait(8)
            scene.text(.server, #"{"type":"news","n":\#(number)}"#)
        }
    }

    private static let examples: [Example] = [
        .violates("800 ms for a Pong that usually takes 600 ms") { scene in
            scene.open()
            for beat in 1...3 {
                scene.wait(20)
                scene.ping(.server, "\(beat)")
                scene.wait(0.6)
                scene.pong(.client, "\(beat)")
            }
            scene.wait(20)
            scene.ping(.server, "4")
            scene.wait(0.8)
            scene.close(.server, 1011, "ping timeout")
            scene.close(.client, 1011)
            scene.fin(.server)
            scene.fin(.client)
        },
        .violates("a timeout before the Ping") { scene in
            scene.open()
            scene.text(.server, #"{"type":"news"}"#)
            scene.wait(15)
            scene.close(.client, 4408, "pong timeout")
            scene.close(.server, 4408)
            scene.fin(.server)
            scene.fin(.client)
        },
        .violates("a declared interval that nobody keeps") { scene in
            scene.open()
            scene.text(.server, hello)
            news(&scene, times: 5)
            scene.end()
        },
        .violates("heartbeats at three times the declared interval") { scene in
            scene.open()
            scene.text(.server, hello)
            scene.beat(every: 30, times: 3)
            scene.end()
        },
        .complies("20 s for a Pong") { scene in
            scene.open()
            scene.beat(every: 20, times: 3)
            scene.end()
        },
        .complies("heartbeats as declared") { scene in
            scene.open()
            scene.text(.server, hello)
            scene.beat(every: 10, times: 3)
            scene.end()
        },
        .complies("a ping of the application's own waits") { scene in
            scene.open()
            scene.beat(every: 20, times: 3)
            scene.text(.client, "ping")
            scene.wait(15)
            scene.close(.client, 4408, "pong timeout")
            scene.close(.server, 4408)
            scene.fin(.server)
            scene.fin(.client)
        },
        .tooLittle("one Pong") { scene in
            scene.open()
            scene.beat(every: 20, times: 1)
            scene.end()
        },
        .tooLittle("a declared interval, and the end before it") { scene in
            scene.open()
            scene.text(.server, hello)
            scene.wait(5)
            scene.end()
        },
    ]
}
