import Connection
import Wire

/// The client asks the same again and again, by the clock.
struct PollingOverWS: ConnectionRule {
    static let page = RulePage(
        "U02", "polling-over-ws", .warning, .low, [.wire],
        references: ["RFC 6455 §1.1", "RFC 6202 §2"], lesson: 6,
        says: "The client asks at regular intervals whether something has changed, although the server could tell it.",
        why: """
            Most replies say that nothing has changed, and cost the server a query each; what did change is told late, \
            by half an interval on average. Every further client adds the same load again. A WebSocket was made to end \
            that: the server speaks when there is something to say.
            """,
        evidence: """
            The client sends the same request at least `requests` times, its id, times and UUIDs aside; the gaps between \
            them are `gap` or longer, and vary by less than the `jitter` of their mean (standard deviation); and at \
            least the `same` part of the replies is equal to the one before, again without id and times. Replies are \
            told by id or, without any, by order. At most 16 kinds of requests are followed. Not judged: heartbeats.
            """,
        fix: "Let the client subscribe once, and let the server send what has changed when it changes.",
        snippets: [
            Snippet(
                .ws,
                """
                prices.on("change", price => {
                  for (const client of subscribers) client.send(JSON.stringify({ type: "price", price }));
                });
                """),
            Snippet(
                .websockets,
                """
                async def on_change(price):
                    websockets.broadcast(subscribers, json.dumps({"type": "price", "price": price}))
                """),
            Snippet(
                .gorilla,
                """
                for price := range changes { // one goroutine a client
                    if err := conn.WriteJSON(price); err != nil {
                        return err
                    }
                }
                """),
            Snippet(
                .browser,
                """
                socket.send('{"type":"subscribe","to":"price"}');   // once, instead of setInterval
                socket.onmessage = event => show(JSON.parse(event.data));
                """),
        ],
        exceptions: """
            Heartbeats in words that are not known here; and a server that itself can only poll what lies behind it.
            """,
        thresholds: [
            Threshold("requests", .count(6), "how often the same must be asked"),
            Threshold("gap", .duration(0.1), "between two of them, at least"),
            Threshold("jitter", .ratio(0.15), "how much the gaps may vary to be taken for a clock's"),
            Threshold("same", .ratio(0.5), "which part of the replies must say nothing new"),
        ],
        examples: examples)

    static let watches: EventKinds = .message

    /// A request that was sent, and may be again.
    private struct Poll {
        let form: RequestForm
        let first: Timestamp
        var newest: Timestamp
        var count = 1
        var squares = 0.0
        var replies = 0
        var same = 0
        var reply: RequestForm?

        var mean: Double { Double(newest.since(first)) / Double(max(1, count - 1)) }

        /// Standard deviation of the gaps, over their mean.
        var variation: Double {
            guard mean > 0 else { return .infinity }
            let variance = squares / Double(max(1, count - 1)) - mean * mean
            return max(0, variance).squareRoot() / mean
        }
    }

    private let settings: RuleSettings
    private let enough: Int
    private var polls: [Poll] = []
    private var open = OpenRequests(wait: 10_000_000_000)
    private var hasEnough = false
    private static let limit = 16

    init(_ settings: RuleSettings) {
        self.settings = settings
        enough = max(2, settings.count("requests"))
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .message(let message) = event.kind, message.side == .client || !open.isEmpty else { return }
        let gist = connection.gist(message, payload)
        guard gist.beat == nil, message.opcode == .text || message.side == .server else { return }
        let form = RequestForm(payload, connection.sketch(message, payload), gist)
        let id = gist.id.map { ContentHash(payload.extracting($0)).value }
        switch message.side {
        case .client:
            let tag = ask(form, message.began)
            open.add(id, at: message.began, tag: tag)
        case .server:
            guard case .reply(let tag, _) = open.answer(id, at: message.began) else { return }
            answer(tag, form, message, connection, &report)
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if connection.isIncomplete.client || connection.isIncomplete.server {
            return connection.isMidstream ? .midstream : .incomplete
        }
        return hasEnough ? .pass : .notApplicable("no request was repeated often enough")
    }
}

extension PollingOverWS {
    /// - Returns: Tells the request from others.
    private mutating func ask(_ form: RequestForm, _ now: Timestamp) -> UInt64 {
        if let index = polls.firstIndex(where: { $0.form == form }) {
            let gap = Double(now.since(polls[index].newest))
            polls[index].squares += gap * gap
            polls[index].newest = now
            polls[index].count += 1
            if polls[index].count >= enough { hasEnough = true }
        } else {
            if polls.count == Self.limit, let oldest = polls.indices.min(by: { polls[$0].newest < polls[$1].newest }) {
                polls.remove(at: oldest)
            }
            polls.append(Poll(form: form, first: now, newest: now))
        }
        return form.value
    }

    private mutating func answer(
        _ tag: UInt64, _ form: RequestForm, _ message: Event.Message, _ connection: LintedConnection,
        _ report: inout Report
    ) {
        guard let index = polls.firstIndex(where: { $0.form.value == tag })
        else { return }
        polls[index].replies += 1
        if polls[index].reply == form { polls[index].same += 1 }
        polls[index].reply = form
        let poll = polls[index]
        guard poll.count >= enough, poll.mean >= Double(settings.duration("gap")),
            poll.variation < settings.ratio("jitter"),
            Double(poll.same) >= settings.ratio("same") * Double(poll.replies),
            !connection.isIncomplete.client, !connection.isIncomplete.server
        else { return }
        report.add(
            "the client asks the same every \(Words.duration(Int64(poll.mean))), \(poll.count) times by now, and "
                + "\(poll.same) of \(poll.replies) replies say what the one before said",
            at: connection.place(
                side: .client, frame: message.frames.upperBound, from: poll.first, until: message.began))
    }
}

extension PollingOverWS {
    private static func poll(
        _ scene: inout Scene, _ times: Int, every seconds: (Int) -> Double, price: (Int) -> Int
    ) {
        for time in 1...times {
            scene.text(.client, #"{"type":"getPrice","symbol":"ACME","requestId":\#(time)}"#)
            scene.wait(0.02)
            scene.text(.server, #"{"type":"price","symbol":"ACME","price":\#(price(time)),"requestId":\#(time)}"#)
            scene.wait(seconds(time))
        }
    }

    private static let examples: [Example] = [
        .violates("the price, every five seconds") { scene in
            scene.open()
            poll(&scene, 8, every: { _ in 5 }, price: { 100 + $0 / 4 })
            scene.end()
        },
        .violates("anything new? without ids") { scene in
            scene.open()
            for _ in 1...7 {
                scene.text(.client, "anything new?")
                scene.text(.server, "no")
                scene.wait(2)
            }
            scene.end()
        },
        .complies("the price is another one every time") { scene in
            scene.open()
            poll(&scene, 8, every: { _ in 5 }, price: { 100 + $0 })
            scene.end()
        },
        .complies("somebody looks now and then") { scene in
            scene.open()
            poll(&scene, 8, every: { Double($0 * $0 % 11) + 1 }, price: { _ in 100 })
            scene.end()
        },
        .tooLittle("five times") { scene in
            scene.open()
            poll(&scene, 5, every: { _ in 5 }, price: { _ in 100 })
            scene.end()
        },
        .tooLittle("records, one after the other") { scene in
            scene.open()
            for record in 1...12 {
                scene.text(.client, #"{"type":"get","user":\#(record)}"#)
                scene.text(.server, #"{"type":"user","version":\#(record % 3)}"#)
                scene.wait(1)
            }
            scene.end()
        },
    ]
}
