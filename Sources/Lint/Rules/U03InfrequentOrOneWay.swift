import Connection
import Wire

/// A connection is held for hardly anything, or for one direction only.
struct InfrequentOrOneWay: ConnectionRule {
    static let page = RulePage(
        "U03", "infrequent-or-one-way", .note, .low, [.wire],
        references: ["RFC 6455 §1.1", "WHATWG HTML §9.2 Server-sent events", "RFC 8030"], lesson: 9,
        says: "A connection stays open for a message now and then, or the client has nothing to say on it.",
        why: """
            An open connection costs memory on every machine it passes, heartbeats, and reconnecting after every change \
            of network. For a message in five minutes a push notification or an HTTP request costs less. For a stream \
            in one direction there are server-sent events: plain HTTP, through every proxy, with reconnecting and \
            catching up built into the browser.
            """,
        evidence: """
            A connection of `age` or more with less than one message in each `interval`, both sides taken together; or \
            one on which the client sent at most `spoken` messages in all, and none for `silence`, while the server \
            sent at least `stream`. Heartbeats of any layer are no messages.
            """,
        fix: "Use push notifications or HTTP for what is rare, and server-sent events for what has one direction.",
        snippets: [
            Snippet(
                .browser,
                """
                const events = new EventSource("/quotes");     // reconnects, and sends Last-Event-ID
                events.onmessage = event => show(JSON.parse(event.data));
                """),
            Snippet(
                .nginx,
                """
                location /quotes {
                    proxy_pass http://quotes;
                    proxy_buffering off;
                }
                """),
        ],
        exceptions: """
            Alerts that must arrive within a second, however rare; binary streams, which server-sent events cannot \
            carry; and a client that would speak, such as a chat that somebody only reads.
            """,
        thresholds: [
            Threshold("age", .duration(600), "how long a connection must last to be called idle"),
            Threshold("interval", .duration(300), "one message in so long is enough"),
            Threshold("silence", .duration(300), "how long the client must have said nothing"),
            Threshold("spoken", .count(3), "how many messages of the client are no conversation"),
            Threshold("stream", .count(20), "how many messages of the server are a stream"),
        ],
        examples: examples)

    static let watches: EventKinds = .message

    private let settings: RuleSettings
    private var messages = BothSides(0)
    private var lastSpoken: Timestamp?
    /// Of the server, since the client last spoke.
    private var stream = 0
    private var isBinary = false

    init(_ settings: RuleSettings) { self.settings = settings }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .message(let message) = event.kind else { return }
        // No heartbeat is larger.
        if message.applicationBytes <= 512, connection.gist(message, payload).beat != nil { return }
        messages[message.side] += 1
        switch message.side {
        case .client:
            lastSpoken = event.time
            stream = 0
        case .server:
            stream += 1
            if message.opcode == .binary { isBinary = true }
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        guard let established = connection.established, !connection.isMidstream else {
            return connection.isMidstream ? .midstream : .notEstablished
        }
        if connection.isIncomplete.client || connection.isIncomplete.server { return .incomplete }
        let needed = min(settings.duration("age"), settings.duration("silence"))
        guard connection.age >= needed else { return .tooShort(needed) }
        let all = messages.client + messages.server
        if connection.age >= settings.duration("age"),
            Double(all) * Double(settings.duration("interval")) < Double(connection.age)
        {
            report.add(
                "\(all == 0 ? "no message" : Words.count(all, "message")) in \(connection.ageInWords)",
                at: connection.place(), subject: "infrequent")
            return .pass
        }
        let silence = connection.last.since(lastSpoken ?? established)
        if silence >= settings.duration("silence"), messages.client <= settings.count("spoken"), !isBinary,
            stream >= settings.count("stream")
        {
            report.add(
                "\(stream) messages of the server in \(Words.duration(silence)), and none of the client",
                at: connection.place(side: .server, from: lastSpoken), subject: "one-way")
        }
        return .pass
    }
}

extension InfrequentOrOneWay {
    private static let examples: [Example] = [
        .violates("one message in eleven minutes") { scene in
            scene.open()
            scene.beat(every: 30, times: 10)
            scene.text(.server, #"{"type":"notice","text":"the office closes at six"}"#)
            scene.beat(every: 30, times: 12)
            scene.end()
        },
        .violates("quotes for somebody who never speaks") { scene in
            scene.open()
            scene.text(.client, #"{"type":"subscribe"}"#)
            for tick in 1...28 {
                scene.text(.server, #"{"type":"quote","price":\#(100 + tick * 7 % 13)}"#)
                scene.beat(every: 12, times: 1)
            }
            scene.end()
        },
        .complies("both have something to say") { scene in
            scene.open()
            for tick in 1...28 {
                scene.text(.server, #"{"type":"said","text":"line \#(tick)"}"#)
                if tick.isMultiple(of: 5) { scene.text(.client, #"{"type":"say","text":"yes, \#(tick)"}"#) }
                scene.beat(every: 12, times: 1)
            }
            scene.end()
        },
        .complies("a binary stream") { scene in
            scene.open()
            scene.text(.client, #"{"type":"subscribe"}"#)
            for tick in 1...28 {
                scene.binary(.server, 200 + tick)
                scene.beat(every: 12, times: 1)
            }
            scene.end()
        },
        .tooLittle("a minute") { scene in
            scene.open()
            scene.beat(every: 20, times: 3)
            scene.end()
        },
        .tooLittle("the recording begins inside the connection") { scene in
            scene.midstream()
            scene.beat(every: 30, times: 22)
        },
    ]
}
