import Connection
import Wire

/// A Ping gets no Pong, or one with another payload.
struct PingUnanswered: ConnectionRule {
    static let page = RulePage(
        "L03", "ping-unanswered", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.5.2", "RFC 6455 §5.5.3", "CWE-772"], lesson: 9,
        says: "A Ping is not answered with a Pong that carries the same payload.",
        why: """
            Who sends a Ping learns from the Pong that the other side still reads. Without it, a healthy connection is \
            dropped as dead, or, if nobody drops it, dead ones stay: each with its buffers, its subscriptions and its \
            place among the connections that are allowed.
            """,
        evidence: """
            No Pong with the Ping's payload within `wait`, or within `grace` where the connection ends before; or a Pong \
            with another payload and none with the right one. Of several Pings the newest is enough, §5.5.3. A side that \
            goes on pinging for two intervals and `wait` without an answer, and keeps the connection, is told, too.
            """,
        fix: """
            Answer every Ping with a Pong of the same payload at once, also while a message is half received; and drop a \
            connection whose Ping was not answered in time.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                // Pongs are sent by the library (autoPong). The other direction:
                const ping = setInterval(() => {
                  if (!ws.alive) return ws.terminate();
                  ws.alive = false;
                  ws.ping();
                }, 30_000);
                ws.alive = true;
                ws.on("pong", () => { ws.alive = true; });
                ws.on("close", () => clearInterval(ping));
                """),
            Snippet(.websockets, "serve(handler, host, port, ping_interval=20, ping_timeout=20)  # the default"),
            Snippet(
                .gorilla,
                """
                // Pongs are sent by ReadMessage and NextReader: a connection that nobody reads answers no Ping.
                go func() {
                    for {
                        if _, _, err := conn.ReadMessage(); err != nil {
                            return
                        }
                    }
                }()
                """),
            Snippet(
                .nio,
                """
                case .ping:
                    let pong = WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)
                    context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
                """),
        ],
        exceptions: "A Pong that nobody asked for is allowed, and a side that has received a Close need not answer.",
        thresholds: [
            Threshold("wait", .duration(20), "how long a Pong may take before it counts as none"),
            Threshold("grace", .duration(5), "how long it may take where the connection ends before"),
        ],
        examples: examples)

    static let watches: EventKinds = [.frame, .closing, .time]

    /// One side's Pings, and what came of them.
    private struct Pings {
        struct Ping {
            let frame: Event.Frame
            let sent: Timestamp
            let start: [UInt8]
        }

        /// Not answered, the oldest first; of more than `kept`, the oldest and the newest.
        var waiting: [Ping] = []
        /// A Pong that nobody asked for, since the oldest of them.
        var stray: (frame: UInt64, start: [UInt8])?
        var answered = 0
        /// Other frames of the one who should answer, since the oldest of them.
        var othersCame = 0
        var last: Timestamp?
        var interval: Int64?

        static let kept = 16
    }

    private let wait: Int64
    private let grace: Int64
    private var pings = BothSides(Pings())
    /// Whether a Ping of that side waits: what every frame asks.
    private var isWaiting = BothSides(false)
    private var isClosing = false

    init(_ settings: RuleSettings) {
        wait = settings.duration("wait")
        grace = settings.duration("grace")
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard !isClosing else { return }
        switch event.kind {
        case .frame(let frame):
            switch frame.header.opcode {
            case .ping: ping(frame, event.time, payload, connection, &report)
            case .pong: pong(frame, event.time, payload, connection, &report)
            case .continuation, .text, .binary, .close, .reserved:
                if isWaiting[frame.side.peer] { pings[frame.side.peer].othersCame += 1 }
            }
        case .closing:
            isClosing = true
            for side in Side.allCases { end(side, event.time, connection, &report) }
        case .opened, .head, .established, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closed: break
        }
    }

    mutating func pass(to now: Timestamp, on connection: LintedConnection, _ report: inout Report) {
        guard !isClosing else { return }
        for side in Side.allCases { judge(side, now, connection, &report) }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        pass(to: connection.last, on: connection, &report)
        if pings.client.last == nil, pings.server.last == nil { return .notApplicable("no Ping") }
        if connection.isIncomplete.client || connection.isIncomplete.server { return .incomplete }
        let isAnswered = pings.client.answered + pings.server.answered > 0
        return isAnswered ? .pass : .notApplicable("over before an answer was due")
    }
}

extension PingUnanswered {
    private mutating func ping(
        _ frame: Event.Frame, _ time: Timestamp, _ payload: Span<UInt8>, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        let side = frame.side
        judge(side, time, connection, &report)
        if let last = pings[side].last { pings[side].interval = time.since(last) }
        pings[side].last = time
        if pings[side].waiting.isEmpty {
            pings[side].stray = nil
            pings[side].othersCame = 0
        } else if pings[side].waiting.count == Pings.kept {
            pings[side].waiting.removeLast()
        }
        let start = payload.extracting(first: min(payload.count, 16)).array
        pings[side].waiting.append(Pings.Ping(frame: frame, sent: time, start: start))
        isWaiting[side] = true
        tellKept(side, time, connection, &report)
    }

    private mutating func pong(
        _ frame: Event.Frame, _ time: Timestamp, _ payload: Span<UInt8>, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        let side = frame.side.peer
        guard let oldest = pings[side].waiting.first else { return }
        guard let answered = frame.answers else {
            pings[side].stray = (frame.number, payload.extracting(first: min(payload.count, 16)).array)
            return
        }
        judge(side, time, connection, &report)
        if oldest.frame.number < answered.frame, let stray = pings[side].stray {
            tell(oldest, stray, time, connection, &report)
        }
        pings[side].answered += 1
        pings[side].waiting.removeAll { $0.frame.number <= answered.frame }
        isWaiting[side] = !pings[side].waiting.isEmpty
        if !isWaiting[side] { pings[side].stray = nil }
    }

    /// Whether the oldest Ping of that side has waited too long.
    private func judge(_ side: Side, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report) {
        guard let oldest = pings[side].waiting.first, now.since(oldest.sent) >= wait else { return }
        if let stray = pings[side].stray {
            tell(oldest, stray, now, connection, &report)
        } else {
            tell(oldest, isEnd: false, now, connection, &report)
        }
    }

    private func end(_ side: Side, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report) {
        guard let oldest = pings[side].waiting.first else { return }
        if let stray = pings[side].stray {
            tell(oldest, stray, now, connection, &report)
        } else if now.since(oldest.sent) >= grace {
            tell(oldest, isEnd: true, now, connection, &report)
        }
    }

    private func tell(
        _ ping: Pings.Ping, isEnd: Bool, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report
    ) {
        let others = pings[ping.frame.side].othersCame
        let waited = Words.duration(now.since(ping.sent))
        add(
            "no Pong of the \(ping.frame.side.peer) "
                + (isEnd ? "in the \(waited) before the connection ended" : "within \(waited)")
                + (others > 0 ? ", though \(Words.count(others, "other frame")) of it came" : ""),
            ping, "\(ping.frame.side.peer)", now, connection, &report)
    }

    private func tell(
        _ ping: Pings.Ping, _ stray: (frame: UInt64, start: [UInt8]), _ now: Timestamp,
        _ connection: LintedConnection, _ report: inout Report
    ) {
        add(
            "the Pong in frame \(stray.frame) carries \(quoted(stray.start)), the Ping in frame "
                + "\(ping.frame.number) \(quoted(ping.start))",
            ping, "\(ping.frame.side.peer) payload", now, connection, &report)
    }

    private func quoted(_ bytes: [UInt8]) -> String {
        bytes.isEmpty ? "nothing" : "\"\(SafeText.escape(bytes))\"" + (bytes.count == 16 ? "…" : "")
    }

    /// Nobody reaps it.
    private func tellKept(_ side: Side, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report) {
        guard let oldest = pings[side].waiting.first, let interval = pings[side].interval,
            now.since(oldest.sent) >= 2 * interval + wait
        else { return }
        add(
            "the \(side) pings for \(Words.duration(now.since(oldest.sent))) without an answer, and keeps the connection",
            oldest, "\(side) keeps it", now, connection, &report)
    }

    private func add(
        _ message: @autoclosure () -> String, _ ping: Pings.Ping, _ subject: String, _ now: Timestamp,
        _ connection: LintedConnection, _ report: inout Report
    ) {
        guard !connection.isIncomplete.client, !connection.isIncomplete.server,
            !connection.hasFaults.client, !connection.hasFaults.server
        else { return }
        report.add(message(), at: connection.place(of: ping.frame, until: now), subject: subject)
    }
}

extension PingUnanswered {
    private static let examples: [Example] = [
        .violates("no Pong for 30 s, while messages come") { scene in
            scene.open()
            scene.ping(.server, "1")
            scene.wait(10)
            scene.text(.client, #"{"type":"say","text":"hi"}"#)
            scene.wait(20)
            scene.text(.client, #"{"type":"say","text":"anyone?"}"#)
            scene.end()
        },
        .violates("no Pong in the 8 s before the server gives up") { scene in
            scene.open()
            scene.ping(.server, "1")
            scene.wait(8)
            scene.end(by: .server, 1011)
        },
        .violates("a Pong with another payload") { scene in
            scene.open()
            scene.ping(.server, "1")
            scene.pong(.client, "0")
            scene.wait(10)
            scene.ping(.server, "2")
            scene.pong(.client, "2")
            scene.end()
        },
        .violates("five Pings without an answer, and nobody drops the connection") { scene in
            scene.open()
            for beat in 1...5 {
                scene.ping(.server, "\(beat)")
                scene.wait(15)
            }
            scene.end()
        },
        .complies("every Ping is answered") { scene in
            scene.open()
            scene.beat(every: 20, times: 2)
            scene.end()
        },
        .complies("of several Pings, the newest is answered") { scene in
            scene.open()
            scene.ping(.server, "1")
            scene.ping(.server, "2")
            scene.pong(.client, "2")
            scene.end()
        },
        .complies("a Pong that nobody asked for comes between") { scene in
            scene.open()
            scene.ping(.server, "1")
            scene.pong(.client, "I am here")
            scene.pong(.client, "1")
            scene.end()
        },
        .tooLittle("the Close comes before the Pong could") { scene in
            scene.open()
            scene.ping(.server, "1")
            scene.wait(1)
            scene.end()
        },
        .tooLittle("no Ping") { scene in
            scene.open()
            scene.end()
        },
        .tooLittle("bytes of the client are missing") { scene in
            scene.open()
            scene.ping(.server, "1")
            scene.hole(.client, 7)
            scene.wait(30)
            scene.ping(.server, "2")
            scene.end()
        },
    ]
}
