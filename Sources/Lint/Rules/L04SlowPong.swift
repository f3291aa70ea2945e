import Connection
import Wire

/// A Pong takes long: whoever should send it is busy with something else.
struct SlowPong: ConnectionRule {
    static let page = RulePage(
        "L04", "slow-pong", .warning, .medium, [.wire, .probe, .source],
        references: ["RFC 6455 §5.5.2", "RFC 6455 §5.5.3", "CWE-400"], lesson: 9,
        says: "A Ping is answered late: its receiver does not read for as long.",
        why: """
            A Pong is sent "as soon as is practical" by the library, without the application. If it takes seconds, the \
            event loop is blocked by a message: a synchronous call, a loop over everything, a password hash. All other \
            connections of that process wait as long, and a watchdog of 20 s kills healthy ones.
            """,
        evidence: """
            A Pong that took longer than `broken` is an error. One that took longer than `slow` is a warning from \
            `pongs` Pongs on, where 95 % of them are not faster or it took more than `factor` times their median; one \
            that took longer than `spike` and `factor` times the median is a note. A Pong behind a frame of more than \
            64 KiB waited for that frame, and one later than `lost` counts as none: both are told by other rules. The \
            probe sends ten Pings a second while another client's heavy message is at work, one of 1 MiB unless --heavy \
            names one: `slow`, `broken` and `factor` hold for the slowest but 5 %.
            """,
        fix: """
            Take the work off the event loop: asynchronous calls, a worker thread or process, a queue; and split long \
            loops so that the loop can breathe.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                ws.on("message", async message => {
                  const hash = await scrypt(message, salt, 64);    // promisify(crypto.scrypt), not scryptSync
                  ws.send(hash.toString("hex"));
                });
                """),
            Snippet(
                .websockets,
                """
                async for message in connection:
                    result = await asyncio.to_thread(crunch, message)  # not crunch(message), not time.sleep
                    await connection.send(result)
                """),
            Snippet(
                .gorilla,
                """
                // Pongs are sent by the goroutine that reads: do not work in it.
                go func(message []byte) { results <- crunch(message) }(message)
                """),
            Snippet(
                .nio,
                """
                NIOThreadPool.singleton.runIfActive(eventLoop: context.eventLoop) { crunch(message) }
                    .whenSuccess { result in send(result) }
                """),
        ],
        exceptions: "A far or mobile network is slow all the time: only the absolute limits are judged there.",
        thresholds: [
            Threshold("broken", .duration(5), "no network takes that long"),
            Threshold("slow", .duration(1), "how long a Pong may take"),
            Threshold("spike", .duration(0.25), "what is worth a note beside a fast median"),
            Threshold("factor", .ratio(5), "how many times the median a single Pong may take"),
            Threshold("pongs", .count(5), "how many Pongs make a median"),
            Threshold("lost", .duration(20), "when a Pong counts as none"),
        ],
        examples: examples)

    static let watches: EventKinds = .frame

    private let settings: RuleSettings
    private let spike: Int64
    /// Of the Pongs of that side.
    private var roundTrips = BothSides(RoundTrips())
    private var large = LargeFrames(over: 64 << 10)
    /// What is worth a note, told at the end if nothing worse was seen.
    private var slowest: (frame: Event.Frame, roundTrip: Int64, median: Int64)?

    init(_ settings: RuleSettings) {
        self.settings = settings
        spike = settings.duration("spike")
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .frame(let frame) = event.kind else { return }
        large.see(frame, at: event.time)
        guard let ping = frame.answers, ping.roundTrip < settings.duration("lost") else { return }
        if large.delaying(ping, of: frame.side) != nil { return }
        roundTrips[frame.side].add(ping.roundTrip)
        if ping.roundTrip > spike { judge(frame, ping.roundTrip, event.time, connection, &report) }
    }

    private mutating func judge(
        _ frame: Event.Frame, _ roundTrip: Int64, _ now: Timestamp, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        let trips = roundTrips[frame.side]
        guard let median = trips.median, let most = trips.percentile(0.95) else { return }
        let place = connection.place(of: frame, until: now)
        let took = "a Pong of the \(frame.side) took \(Words.duration(roundTrip))"
        if roundTrip > settings.duration("broken") {
            report.add(took, at: place, subject: "\(frame.side) broken", severity: .error)
            return
        }
        let isOutlier = Double(roundTrip) > Double(median) * settings.ratio("factor")
        let slow = settings.duration("slow")
        guard trips.count >= settings.count("pongs") else { return }
        if roundTrip > slow, isOutlier || most > slow {
            report.add("\(took), half of them \(Words.duration(median)) or less", at: place, subject: "\(frame.side)")
        } else if isOutlier, roundTrip > slowest?.roundTrip ?? 0 {
            slowest = (frame, roundTrip, median)
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if let slowest, !report.hasFindings {
            report.add(
                "a Pong of the \(slowest.frame.side) took \(Words.duration(slowest.roundTrip)), half of them "
                    + "\(Words.duration(slowest.median)) or less",
                at: connection.place(of: slowest.frame), subject: "\(slowest.frame.side)", severity: .note)
        }
        let count = max(roundTrips.client.count, roundTrips.server.count)
        let enough = settings.count("pongs")
        return count >= enough ? .pass : .notApplicable("fewer than \(Words.count(enough, "Pong"))")
    }
}

extension SlowPong {
    /// Pings whose Pongs take that long.
    private static func beat(_ scene: inout Scene, _ seconds: [Double]) {
        for (beat, duration) in seconds.enumerated() {
            scene.wait(2)
            scene.ping(.client, "\(beat)")
            scene.wait(duration)
            scene.pong(.server, "\(beat)")
        }
    }

    private static let examples: [Example] = [
        .violates("one Pong of 2 s among fast ones") { scene in
            scene.open()
            beat(&scene, [0.01, 0.01, 0.01, 0.01, 2, 0.01])
            scene.end()
        },
        .violates("a Pong after 6 s") { scene in
            scene.open()
            beat(&scene, [6])
            scene.end()
        },
        .violates("all of them slow") { scene in
            scene.open()
            beat(&scene, [1.2, 1.3, 1.4, 1.2, 1.3, 1.2])
            scene.end()
        },
        .violates("a pause worth a note") { scene in
            scene.open()
            beat(&scene, [0.01, 0.01, 0.4, 0.01, 0.01, 0.01, 0.4])
            scene.end()
        },
        .complies("a far network") { scene in
            scene.open()
            beat(&scene, [0.6, 0.62, 0.6, 0.61, 0.7, 0.6])
            scene.end()
        },
        .complies("a slow one, but not beside the others") { scene in
            scene.open()
            beat(&scene, [0.01, 0.01, 0.01, 0.01, 0.2, 0.01])
            scene.end()
        },
        .tooLittle("three Pongs") { scene in
            scene.open()
            beat(&scene, [0.01, 1.5, 0.01])
            scene.end()
        },
    ]
}
