import Connection
import Wire

/// One side's heartbeats are of a layer in which the other does not listen.
struct HeartbeatLayerMismatch: ConnectionRule {
    static let page = RulePage(
        "L05", "heartbeat-layer-mismatch", .warning, .medium, [.wire],
        references: ["RFC 6455 §5.5.2", "RFC 6455 §5.5.3"], lesson: 9,
        says: "One side speaks of heartbeats in messages, the other in Pings, and neither hears the other.",
        why: """
            Pings and Pongs are handled by the library: no `onmessage` ever shows them. A watchdog that counts messages \
            only cuts a quiet connection every minute although Pings arrive, and messages sent in between are lost. And \
            who sends `{"type":"ping"}` to a server that answers Pings only waits forever.
            """,
        evidence: """
            At least `pings` messages that say "ping", each waiting for `wait` or until the next, of which none was \
            answered: by "pong", by a message with the same id, or by one that echoes the word. Or a Close whose reason \
            is silence, from a side that sends no Pings itself, although at least two Pings of the other side came since the \
            last message.
            """,
        fix: """
            Agree on one layer. Let the watchdog count everything that arrives, Pings included; browsers cannot send a \
            Ping, so that a client's own heartbeat has to be a message, and the server has to answer it.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                ws.on("ping", () => watchdog.refresh());       // as well as on "message"
                ws.on("message", text => {
                  watchdog.refresh();
                  if (JSON.parse(text).type === "ping") return ws.send('{"type":"pong"}');
                });
                """),
            Snippet(
                .websockets,
                """
                async for text in connection:
                    message = json.loads(text)
                    if message["type"] == "ping":
                        await connection.send('{"type":"pong"}')
                """),
            Snippet(
                .gorilla,
                """
                conn.SetPingHandler(func(payload string) error {
                    conn.SetReadDeadline(time.Now().Add(60 * time.Second)) // a Ping is a sign of life, too
                    return conn.WriteControl(websocket.PongMessage, []byte(payload), time.Now().Add(time.Second))
                })
                """),
            Snippet(
                .browser,
                """
                setInterval(() => socket.send('{"type":"ping"}'), 25_000);   // a browser has no ping()
                """),
        ],
        exceptions: """
            Heartbeats that want no answer, such as Action Cable's "ping"; and a server that ends idle sessions on \
            purpose and pings itself.
            """,
        thresholds: [
            Threshold("pings", .count(3), "how many messages must go unanswered"),
            Threshold("wait", .duration(5), "how long an answer may take"),
        ],
        examples: examples)

    static let watches: EventKinds = [.frame, .message, .closing, .time]

    /// The application's pings of one side.
    private struct Asking {
        var frame: UInt64 = 0
        var first: Timestamp?
        var last: Timestamp?
        var id: UInt64?
        var count = 0
        var isWaiting = false
        var isAnswered = false
    }

    private let enough: Int
    private let wait: Int64
    private var asking = BothSides(Asking())
    /// Pings of that side since its last message.
    private var pings = BothSides(0)
    private var hasPinged = BothSides(false)
    private var lastMessage = BothSides<Timestamp?>(nil)
    private var isClosing = false

    init(_ settings: RuleSettings) {
        enough = settings.count("pings")
        wait = settings.duration("wait")
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard !isClosing else { return }
        switch event.kind {
        case .frame(let frame):
            if frame.header.opcode == .ping {
                pings[frame.side] += 1
                hasPinged[frame.side] = true
            }
        case .message(let message): see(message, payload, event.time, connection, &report)
        case .closing(let closure):
            isClosing = true
            judge(closure, event.time, connection, &report)
        case .opened, .head, .established, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closed: break
        }
    }

    mutating func pass(to now: Timestamp, on connection: LintedConnection, _ report: inout Report) {
        for side in Side.allCases { judge(side, now, connection, &report) }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        pass(to: connection.last, on: connection, &report)
        if connection.isIncomplete.client || connection.isIncomplete.server { return .incomplete }
        if asking.client.isAnswered || asking.server.isAnswered { return .pass }
        let hasPings = hasPinged.client || hasPinged.server
        if hasPings, asking.client.count + asking.server.count == 0 { return .pass }
        return .notApplicable("no heartbeat that wants an answer")
    }
}

extension HeartbeatLayerMismatch {
    private mutating func see(
        _ message: Event.Message, _ payload: Span<UInt8>, _ now: Timestamp, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        let side = message.side
        let isSmall = message.applicationBytes <= 512
        let gist = isSmall || asking[side.peer].isWaiting ? connection.gist(message, payload) : .none
        let id = gist.id.map { ContentHash(payload.extracting($0)).value }
        if asking[side.peer].isWaiting, answers(asking[side.peer], gist, id, isSmall, payload) {
            asking[side.peer].isWaiting = false
            asking[side.peer].isAnswered = true
        }
        guard gist.beat == .ping else {
            if gist.beat == nil {
                lastMessage[side] = now
                pings[side] = 0
            }
            return
        }
        judge(side, now, connection, &report)
        asking[side].count += 1
        asking[side].first = asking[side].first ?? now
        asking[side].last = now
        asking[side].frame = message.frames.upperBound
        asking[side].id = id
        asking[side].isWaiting = true
    }

    private func answers(
        _ asked: Asking, _ gist: MessageGist, _ id: UInt64?, _ isSmall: Bool, _ payload: Span<UInt8>
    ) -> Bool {
        if gist.beat != nil || (id != nil && id == asked.id) { return true }
        return isSmall && (payload.contains("ping") || payload.contains("pong"))
    }

    /// Whether nobody hears that side's pings.
    private func judge(_ side: Side, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report) {
        let asked = asking[side]
        guard asked.count >= enough, !asked.isAnswered, let first = asked.first, let last = asked.last,
            now.since(last) >= wait, !connection.isIncomplete[side.peer],
            connection.handshake?.subprotocol?.hasPrefix("actioncable") != true
        else { return }
        report.add(
            "\(asked.count) messages of the \(side) say \"ping\", and none in "
                + "\(Words.duration(now.since(first))) was answered",
            at: connection.place(side: side, frame: asked.frame, from: first, until: now), subject: "\(side) asks")
    }

    /// Whether somebody takes Pings for silence.
    private func judge(
        _ closure: Closure, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report
    ) {
        guard let side = closure.first, let close = closure.wire[side], CloseReason(close.payload) == .silence,
            pings[side.peer] >= 2, !hasPinged[side], !connection.isIncomplete[side.peer]
        else { return }
        let since = lastMessage[side.peer] ?? connection.established ?? connection.began
        let reason = SafeText.escape(String(close.payload.reason.prefix(60)))
        report.add(
            "the \(side) closes with \"\(reason)\" after \(Words.duration(now.since(since))) without a message, but with "
                + "\(pings[side.peer]) Pings of the \(side.peer)",
            at: connection.place(side: side, frame: close.frame, from: since, until: now), subject: "\(side) counts")
    }
}

extension HeartbeatLayerMismatch {
    private static let examples: [Example] = [
        .violates("JSON pings that nobody answers") { scene in
            scene.open()
            for beat in 1...4 {
                scene.text(.client, #"{"type":"ping","n":\#(beat)}"#)
                scene.wait(20)
            }
            scene.end()
        },
        .violates("a watchdog that does not see Pings") { scene in
            scene.open()
            scene.text(.server, #"{"type":"news"}"#)
            scene.beat(every: 20, times: 2)
            scene.wait(19)
            scene.close(.client, 4000, "no activity for 60 s")
            scene.close(.server, 4000)
            scene.fin(.server)
            scene.fin(.client)
        },
        .complies("JSON pings with their pongs") { scene in
            scene.open()
            for _ in 1...3 {
                scene.text(.client, #"{"type":"ping"}"#)
                scene.text(.server, #"{"type":"pong"}"#)
                scene.wait(20)
            }
            scene.end()
        },
        .complies("an echo is an answer") { scene in
            scene.open()
            for _ in 1...3 {
                scene.text(.client, "ping")
                scene.text(.server, "Echo: ping")
                scene.wait(20)
            }
            scene.end()
        },
        .complies("an answer by id") { scene in
            scene.open()
            for beat in 1...3 {
                scene.text(.client, #"{"id":\#(beat),"method":"ping"}"#)
                scene.text(.server, #"{"id":\#(beat),"result":{}}"#)
                scene.wait(20)
            }
            scene.end()
        },
        .complies("Pings of the server only") { scene in
            scene.open()
            scene.beat(every: 20, times: 3)
            scene.end()
        },
        .tooLittle("no heartbeat at all") { scene in
            scene.open()
            scene.text(.client, #"{"type":"say","text":"ping me"}"#)
            scene.end()
        },
        .tooLittle("one ping") { scene in
            scene.open()
            scene.text(.client, #"{"type":"ping"}"#)
            scene.wait(20)
            scene.end()
        },
        .tooLittle("Action Cable's pings want no answer") { scene in
            scene.open {
                $0.request("Sec-WebSocket-Protocol", "actioncable-v1-json")
                $0.response("Sec-WebSocket-Protocol", "actioncable-v1-json")
            }
            for beat in 1...5 {
                scene.wait(3)
                scene.text(.server, #"{"type":"ping","message":\#(beat)}"#)
            }
            scene.end()
        },
    ]
}
