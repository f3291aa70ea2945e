import Connection
import Wire

/// Many tiny messages or fragments, where a few would do.
struct TinyFrameChatter: ConnectionRule {
    static let page = RulePage(
        "U04", "tiny-frame-chatter", .note, .low, [.wire],
        references: ["RFC 6455 §5.2", "RFC 6455 §5.4", "CWE-405"], lesson: 9,
        says: "Tiny messages come by the hundred, or a message is cut into tiny fragments.",
        why: """
            A message costs a header of 2 to 14 bytes, most often a TCP segment and a TLS record of its own, a system \
            call on each side, and a turn of the event loop. For messages of a few bytes that is many times what they \
            carry: on the wire 70 bytes and more for a number of four. A phone's radio never sleeps.
            """,
        evidence: """
            More than `rate` messages a second, both sides taken together, in each of `span` successive seconds, most \
            of them smaller than `small`; more than `flood` a second on average is a warning. Or a message larger than \
            `message` of which most fragments but the last are smaller than `fragment`.
            """,
        fix: "Collect what happens within a frame of the screen, 16 ms or more, and send it as one message.",
        snippets: [
            Snippet(
                .browser,
                """
                let moves = [];
                onpointermove = event => moves.push([event.x, event.y]);
                setInterval(() => { if (moves.length) socket.send(JSON.stringify(moves.splice(0))); }, 50);
                """),
            Snippet(
                .ws,
                """
                setInterval(() => {
                  if (changes.length) ws.send(JSON.stringify(changes.splice(0)));
                }, 50);
                """),
            Snippet(
                .nio,
                """
                // Refuses what peers send in tiny fragments.
                NIOWebSocketFrameAggregator(
                    minNonFinalFragmentSize: 128, maxAccumulatedFrameCount: 64, maxAccumulatedFrameSize: 1 << 20)
                """),
        ],
        exceptions:
            "Games and remote input, where every millisecond counts: set `rate` and `flood` for their endpoint.",
        thresholds: [
            Threshold("rate", .count(50), "how many messages a second are not many"),
            Threshold("flood", .count(200), "how many messages a second are no warning"),
            Threshold("span", .duration(10), "how long it must go on"),
            Threshold("small", .bytes(32), "the smallest message that is not tiny"),
            Threshold("message", .bytes(1024), "the largest message whose fragments are not looked at"),
            Threshold("fragment", .bytes(128), "the smallest fragment that is not tiny"),
        ],
        examples: examples)

    static let watches: EventKinds = [.frame, .message]

    /// Messages of one second.
    private struct Second {
        let start: Timestamp
        var messages = 0
        var small = 0
    }

    private let rate: Int
    private let flood: Int
    private let span: Int64
    private let small: UInt64
    private let message: UInt64
    private let fragment: UInt64
    private var second: Second?
    /// Of the seconds before, as long as each had too many.
    private var busy = (seconds: 0, messages: 0)
    /// Of the message under way.
    private var fragments = BothSides((all: 0, tiny: 0))
    private var hasMessages = false

    private static let length: Int64 = 1_000_000_000

    init(_ settings: RuleSettings) {
        rate = settings.count("rate")
        flood = settings.count("flood")
        span = settings.duration("span")
        small = UInt64(max(0, settings.bytes("small")))
        message = UInt64(max(0, settings.bytes("message")))
        fragment = UInt64(max(0, settings.bytes("fragment")))
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        switch event.kind {
        case .frame(let frame): see(frame)
        case .message(let message):
            hasMessages = true
            count(message, event.time, connection, &report)
            if message.fragments > 1 { judge(message, connection, &report) }
        case .opened, .head, .established, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closing, .closed:
            break
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if connection.isIncomplete.client || connection.isIncomplete.server {
            return connection.isMidstream ? .midstream : .incomplete
        }
        guard connection.age >= span else { return .tooShort(span) }
        return hasMessages ? .pass : .notApplicable("no messages")
    }
}

extension TinyFrameChatter {
    private mutating func see(_ frame: Event.Frame) {
        guard !frame.header.isControl, !frame.header.fin, !frame.isGuess else { return }
        if frame.fragment == 0 { fragments[frame.side] = (0, 0) }
        fragments[frame.side].all += 1
        if frame.header.payloadLength < fragment { fragments[frame.side].tiny += 1 }
    }

    private mutating func judge(
        _ message: Event.Message, _ connection: LintedConnection, _ report: inout Report
    ) {
        let (all, tiny) = fragments[message.side]
        guard message.wireBytes > self.message, tiny * 2 > all, message.truncation != .hole else { return }
        report.add(
            "a message of the \(message.side) with \(Words.bytes(Int(clamping: message.wireBytes))) in "
                + "\(message.fragments) fragments, \(tiny) of them smaller than \(Words.bytes(Int(fragment)))",
            at: connection.place(of: message), subject: "\(message.side) fragments")
    }

    private mutating func count(
        _ message: Event.Message, _ now: Timestamp, _ connection: LintedConnection, _ report: inout Report
    ) {
        var current = second ?? Second(start: now)
        if now.since(current.start) >= Self.length {
            end(current, connection, &report)
            let next = current.start.adding(nanoseconds: Self.length)
            let follows = now.since(next) < Self.length
            if !follows { busy = (0, 0) }
            current = Second(start: follows ? next : now)
        }
        current.messages += 1
        if message.wireBytes < small { current.small += 1 }
        second = current
    }

    /// A second is over.
    private mutating func end(_ second: Second, _ connection: LintedConnection, _ report: inout Report) {
        guard second.messages > rate, second.small * 2 > second.messages else {
            busy = (0, 0)
            return
        }
        busy.seconds += 1
        busy.messages += second.messages
        let seconds = busy.seconds
        guard Int64(seconds) * Self.length >= span else { return }
        let average = busy.messages / seconds
        let end = second.start.adding(nanoseconds: Self.length)
        report.add(
            "\(average) messages a second for \(seconds) s, most of them smaller than \(Words.bytes(Int(small)))",
            at: connection.place(from: end.adding(nanoseconds: -Int64(seconds) * Self.length), until: end),
            subject: average > flood ? "flood" : "chatter", severity: average > flood ? .warning : .note)
    }
}

extension TinyFrameChatter {
    private static func chatter(_ scene: inout Scene, perSecond: Int, seconds: Int, bytes: Int) {
        scene.open()
        for _ in 0..<perSecond * seconds {
            scene.binary(.server, bytes)
            scene.wait(1 / Double(perSecond) - 0.001)
        }
        scene.end()
    }

    private static func fragments(_ scene: inout Scene, of size: Int, _ count: Int) {
        scene.open()
        for number in 1...count {
            scene.frame(
                .client, number == 1 ? .binary : .continuation, Array(repeating: 7, count: size), fin: number == count)
        }
        scene.wait(12)
        scene.end()
    }

    private static let examples: [Example] = [
        .violates("60 messages a second") { chatter(&$0, perSecond: 60, seconds: 12, bytes: 8) },
        .violates("250 messages a second, a warning") { chatter(&$0, perSecond: 250, seconds: 12, bytes: 8) },
        .violates("2 KiB in fragments of 64 bytes") { fragments(&$0, of: 64, 32) },
        .complies("40 messages a second") { chatter(&$0, perSecond: 40, seconds: 12, bytes: 8) },
        .complies("60 messages a second that carry something") {
            chatter(&$0, perSecond: 60, seconds: 12, bytes: 200)
        },
        .complies("2 KiB in fragments of 256 bytes") { fragments(&$0, of: 256, 8) },
        .tooLittle("five seconds") { chatter(&$0, perSecond: 60, seconds: 5, bytes: 8) },
    ]
}
