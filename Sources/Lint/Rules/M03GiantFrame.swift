import Connection
import Wire

/// A single frame is so large that nothing else gets through meanwhile.
struct GiantFrame: ConnectionRule {
    static let page = RulePage(
        "M03", "giant-frame", .warning, .medium, [.wire],
        references: ["RFC 6455 §5.4", "RFC 6455 §10.4", "AWS API Gateway quotas", "CWE-770"], lesson: 8,
        says: "A frame is so large that Pings and small messages wait behind it.",
        why: """
            Within a frame nothing else can be sent: a Pong, a Close or an urgent message waits until its last byte is \
            out, and on a slow link the heartbeat fails although all is well. The receiver most often holds the whole \
            frame in memory before anybody sees it. Gateways refuse large frames altogether.
            """,
        evidence: """
            A data frame of which more than `large` bytes came is a warning, more than `big` a note; and a Pong that \
            waited longer than `delay` behind a frame over `big` is a warning. Where the intermediary is `apigw`, a frame \
            over `gateway-frame` or a message over `gateway-message` is a warning: it is refused with 1009 there.
            """,
        fix: "Send large messages in fragments of 16 KiB or so, between which control frames pass; files go over HTTP.",
        snippets: [
            Snippet(
                .ws,
                """
                for (let at = 0; at < bytes.length; at += 16_384) {
                  ws.send(bytes.subarray(at, at + 16_384), { fin: at + 16_384 >= bytes.length });
                }
                """),
            Snippet(.websockets, "await connection.send(bytes[at:at + 16_384] for at in range(0, len(bytes), 16_384))"),
            Snippet(
                .gorilla,
                """
                // Upgrader{WriteBufferSize: 16 << 10}: a message is sent in frames of that size
                writer, err := conn.NextWriter(websocket.BinaryMessage)
                io.Copy(writer, file)
                writer.Close()
                """),
        ],
        exceptions: "Media and files between machines in one data centre, without heartbeats that suffer.",
        thresholds: [
            Threshold("large", .bytes(1 << 20), "the largest frame that is no warning"),
            Threshold("big", .bytes(64 << 10), "the largest frame that is not worth a note"),
            Threshold("delay", .duration(1), "how long a Pong may wait behind a frame"),
            Threshold("gateway-frame", .bytes(32 << 10), "the largest frame that API Gateway takes"),
            Threshold("gateway-message", .bytes(128 << 10), "the largest message that API Gateway takes"),
        ],
        examples: examples)

    static let watches: EventKinds = .frame

    private let settings: RuleSettings
    private let isGateway: Bool
    /// What is at least looked at.
    private let smallest: UInt64
    /// Bytes of the message under way of that side.
    private var message = BothSides<UInt64>(0)
    private var large: LargeFrames
    private var hasData = false

    init(_ settings: RuleSettings) {
        self.settings = settings
        isGateway = settings.traits.idleLimit?.name == "apigw"
        large = LargeFrames(over: settings.bytes("big"))
        smallest = UInt64(min(settings.bytes("big"), isGateway ? settings.bytes("gateway-frame") : .max))
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .frame(let frame) = event.kind else { return }
        guard !frame.header.isControl else {
            if let ping = frame.answers { judge(ping, frame, event.time, connection, &report) }
            return
        }
        hasData = true
        if isGateway { follow(frame, event.time, connection, &report) }
        guard frame.received > smallest, !frame.isGuess else { return }
        large.see(frame, at: event.time)
        judge(frame, event.time, connection, &report)
    }

    private func judge(
        _ frame: Event.Frame, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report
    ) {
        let size = "a frame of the \(frame.side) with \(Words.bytes(Int(clamping: frame.received)))"
        let place = connection.place(of: frame, until: now)
        if isGateway, frame.received > UInt64(settings.bytes("gateway-frame")) {
            report.add(
                "\(size), and API Gateway takes \(Words.bytes(settings.bytes("gateway-frame")))", at: place,
                subject: "\(frame.side) gateway")
        } else if frame.received > UInt64(settings.bytes("large")) {
            report.add(size, at: place, subject: "\(frame.side) large")
        } else if frame.received > UInt64(settings.bytes("big")) {
            report.add(size, at: place, subject: "\(frame.side)", severity: .note)
        }
    }

    /// The message that a frame belongs to, for API Gateway.
    private mutating func follow(
        _ frame: Event.Frame, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report
    ) {
        message[frame.side] = (frame.fragment == 0 ? 0 : message[frame.side]) &+ frame.received
        let limit = settings.bytes("gateway-message")
        guard frame.header.fin, message[frame.side] > UInt64(limit), frame.fragment > 0, !frame.isGuess else { return }
        let size = Words.bytes(Int(clamping: message[frame.side]))
        report.add(
            "a message of the \(frame.side) with \(size), and API Gateway takes \(Words.bytes(limit))",
            at: connection.place(of: frame, until: now), subject: "\(frame.side) message")
    }

    /// A Pong that waited behind a large frame of its own side.
    private func judge(
        _ ping: Event.Ping, _ pong: Event.Frame, _ now: Timestamp, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        guard ping.roundTrip > settings.duration("delay"), let frame = large.delaying(ping, of: pong.side)
        else { return }
        let size = Words.bytes(Int(clamping: frame.received))
        report.add(
            "a Pong of the \(pong.side) waited \(Words.duration(ping.roundTrip)) behind a frame with \(size)",
            at: connection.place(of: frame, until: now), subject: "\(pong.side) pong", severity: .warning)
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if connection.isIncomplete.client || connection.isIncomplete.server { return .incomplete }
        return hasData ? .pass : .notApplicable("no data frame")
    }
}

extension GiantFrame {
    private static let behindGateway: LintSettings = {
        var settings = LintSettings()
        settings.traits.idleLimit = IdleLimit("apigw", seconds: 600)
        return settings
    }()

    private static let examples: [Example] = [
        .violates("a frame of 1.5 MiB") { scene in
            scene.open()
            scene.binary(.server, 3 << 19)
            scene.end()
        },
        .violates("a frame of 100 KiB, worth a note") { scene in
            scene.open()
            scene.binary(.client, 100 << 10)
            scene.end()
        },
        .violates("a frame of 40 KiB through API Gateway", settings: behindGateway) { scene in
            scene.open()
            scene.binary(.client, 40 << 10)
            scene.end()
        },
        .violates("a message of 150 KiB through API Gateway", settings: behindGateway) { scene in
            scene.open()
            scene.frame(.client, .binary, Array(repeating: 7, count: 30 << 10), fin: false)
            for part in 1...4 {
                scene.frame(.client, .continuation, Array(repeating: 7, count: 30 << 10), fin: part == 4)
            }
            scene.end()
        },
        .violates("a Pong behind a frame of 200 KiB") { scene in
            scene.open()
            scene.ping(.client, "1")
            let header = FrameHeader(opcode: .binary, payloadLength: 200 << 10).bytes
            scene.bytes(.server, header + Array(repeating: 7, count: 100 << 10), "◀─ server the first half of 200 KiB")
            scene.wait(1.5)
            scene.bytes(.server, Array(repeating: 7, count: 100 << 10), "◀─ server the other half")
            scene.pong(.server, "1")
            scene.end()
        },
        .complies("a message of 150 KiB in fragments") { scene in
            scene.open()
            scene.frame(.client, .binary, Array(repeating: 7, count: 50 << 10), fin: false)
            scene.frame(.client, .continuation, Array(repeating: 7, count: 50 << 10), fin: false)
            scene.frame(.client, .continuation, Array(repeating: 7, count: 50 << 10))
            scene.end()
        },
        .tooLittle("no data") { scene in
            scene.open()
            scene.end()
        },
        .tooLittle("the recording begins inside the connection") { scene in
            scene.midstream()
            scene.binary(.server, 3 << 19)
        },
    ]
}
