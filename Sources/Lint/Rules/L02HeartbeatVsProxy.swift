import Connection
import Wire

/// Heartbeats come too seldom for the intermediary between.
struct HeartbeatVsProxy: ConnectionRule {
    static let page = RulePage(
        "L02", "heartbeat-vs-proxy", .warning, .medium, [.wire, .source],
        references: ["RFC 6455 §5.5.2", "nginx proxy_read_timeout", "AWS ALB idle timeout"], lesson: 9,
        says:
            "The heartbeat's interval is not well below the time after which an intermediary cuts a silent connection.",
        why: """
            A Ping every 60 s through a proxy that cuts after 60 s of silence is a race: now the Ping wins, now the \
            proxy. Users see connections that drop for no reason, all clients reconnect at once, and the load of that \
            makes the next Pings late. It happened to large installations with both numbers at their defaults.
            """,
        evidence: """
            The median interval of the heartbeats that were seen, or the interval that the server declares when the \
            connection begins, against the idle limit in `ws101.yml`: an error from the limit on, a warning from `share` \
            of it on. Without a configured limit, the default of a proxy that names itself in the response counts, \
            unless the connection outlived it. In source, a proxy's location for WebSocket that does not set its limit.
            """,
        fix: "Send a heartbeat at least every half of the shortest limit on the way, 20 to 30 s, or raise the limit.",
        snippets: [
            Snippet(
                .nginx,
                """
                location /chat {
                    proxy_pass http://backend;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "upgrade";
                    proxy_read_timeout 180s;    # 60s unless set
                    proxy_send_timeout 180s;
                }
                """),
            Snippet(.ws, "setInterval(() => { for (const ws of wss.clients) ws.ping(); }, 25_000);"),
            Snippet(.websockets, "serve(handler, host, port, ping_interval=20, ping_timeout=20)  # the default"),
            Snippet(
                .gorilla,
                """
                for range time.Tick(25 * time.Second) {
                    deadline := time.Now().Add(10 * time.Second)
                    if err := conn.WriteControl(websocket.PingMessage, nil, deadline); err != nil {
                        return
                    }
                }
                """),
        ],
        exceptions: """
            A limit on the whole age of a connection, as Google's load balancer has (30 s unless raised) and API Gateway \
            (2 h), is not met by any heartbeat: there, clients have to reconnect.
            """,
        thresholds: [Threshold("share", .ratio(0.75), "how much of the limit the interval may take")],
        examples: examples)

    static let watches: EventKinds = [.established, .frame, .message, .closing]

    private let settings: RuleSettings
    private var pulse = Pulse()
    private var declared: (interval: Int64, frame: UInt64)?
    private var lastSeen: Timestamp?
    /// Before the last frame.
    private var silence: Int64 = 0
    /// The longest time without a byte that the connection outlived.
    private var longest: Int64 = 0
    /// The longest before a heartbeat.
    private var longestBeforeBeat: Int64 = 0
    private var isClosing = false

    init(_ settings: RuleSettings) { self.settings = settings }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard !isClosing else { return }
        switch event.kind {
        case .frame(let frame):
            silence = lastSeen.map { frame.began.since($0) } ?? 0
            longest = max(longest, silence)
            if frame.header.opcode == .ping || (frame.header.opcode == .pong && frame.answers == nil) {
                beat(frame.side, isControl: true, frame.number, event.time)
            }
        case .message(let message):
            if message.side == .server, message.number <= 4, declared == nil {
                declared = DeclaredHeartbeat(payload).map { ($0.interval, message.frames.upperBound) }
            }
            guard message.applicationBytes <= 512, let beat = connection.gist(message, payload).beat, beat != .pong
            else { break }
            self.beat(message.side, isControl: false, message.frames.upperBound, message.began)
        case .closing: isClosing = true
        case .opened, .head, .established, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closed: break
        }
        lastSeen = event.time
    }

    private mutating func beat(_ side: Side, isControl: Bool, _ frame: UInt64, _ time: Timestamp) {
        pulse.beat(Pulse.Source(side: side, isControl: isControl), frame: frame, at: time)
        longestBeforeBeat = max(longestBeforeBeat, silence)
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        let configured = settings.traits.idleLimit
        guard let limit = configured ?? connection.response.flatMap({ IdleLimit.announced(by: $0.head) }) else {
            return .notApplicable("no intermediary's idle limit is known")
        }
        guard let (interval, words, frame) = interval else { return .notApplicable("fewer than three heartbeats") }
        if connection.isIncomplete.client || connection.isIncomplete.server { return .incomplete }
        let nanoseconds = Int64(limit.seconds * 1e9)
        // The owner has raised the default limit.
        if configured == nil, longest > nanoseconds { return .notApplicable("it outlived the default limit") }
        guard Double(interval) > Double(nanoseconds) * settings.ratio("share") else { return .pass }
        let name = SafeText.escape(String(limit.name.prefix(40)))
        report.add(
            "\(words) every \(Words.duration(interval)), and \(name) cuts after \(Words.duration(nanoseconds)) of silence",
            at: connection.place(frame: frame), severity: interval >= nanoseconds ? .error : .warning,
            confidence: configured == nil ? .low : nil)
        return .pass
    }

    /// Between heartbeats, as measured or as declared. Where they come at irregular times, they come after a silence, and
    /// the longest of these is what counts.
    private var interval: (Int64, words: String, frame: UInt64)? {
        if let steadiest = pulse.steadiest {
            let interval = steadiest.isRegular ? steadiest.interval : min(steadiest.interval, longestBeforeBeat)
            return (interval, steadiest.source.words, steadiest.frame)
        }
        return declared.map { ($0.interval, "the server declares a heartbeat", $0.frame) }
    }
}

extension HeartbeatVsProxy {
    private static let behindNginx: LintSettings = {
        var settings = LintSettings()
        settings.traits.idleLimit = IdleLimit("nginx", seconds: 60)
        return settings
    }()

    private static let examples: [Example] = [
        .violates("a Ping every 60 s through a proxy that cuts after 60 s", settings: behindNginx) { scene in
            scene.open()
            scene.beat(every: 60, times: 3)
            scene.end()
        },
        .violates("a Ping every 50 s: one that is late is too late", settings: behindNginx) { scene in
            scene.open()
            scene.beat(every: 50, times: 3)
            scene.end()
        },
        .violates("an interval that the server declares", settings: behindNginx) { scene in
            scene.open("/socket.io/?EIO=4&transport=websocket")
            scene.text(.server, #"0{"sid":"a1","upgrades":[],"pingInterval":60000,"pingTimeout":20000}"#)
            scene.end()
        },
        .violates("nginx names itself, and its default is not known to be raised") { scene in
            scene.open { $0.response("Server", "nginx/1.28.0") }
            scene.beat(every: 50, times: 3)
            scene.end()
        },
        .complies("a Ping every 25 s", settings: behindNginx) { scene in
            scene.open()
            scene.beat(every: 25, times: 3)
            scene.end()
        },
        .complies("a Ping after 25 s of silence, and seldom silence", settings: behindNginx) { scene in
            scene.open()
            for _ in 1...4 {
                for tick in 1...6 {
                    scene.wait(15)
                    scene.text(.server, #"{"type":"tick","n":\#(tick)}"#)
                }
                scene.beat(every: 25, times: 1)
            }
            scene.wait(15)
            scene.beat(every: 25, times: 1)
            scene.end()
        },
        .tooLittle("no limit is known") { scene in
            scene.open()
            scene.beat(every: 60, times: 3)
            scene.end()
        },
        .tooLittle("one Ping", settings: behindNginx) { scene in
            scene.open()
            scene.beat(every: 50, times: 1)
            scene.end()
        },
        .tooLittle("nginx names itself, but its limit was raised") { scene in
            scene.open { $0.response("Server", "nginx/1.28.0") }
            scene.beat(every: 70, times: 3)
            scene.end()
        },
    ]
}
