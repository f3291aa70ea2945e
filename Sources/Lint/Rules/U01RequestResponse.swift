import Connection
import Wire

/// The client asks, the server answers, and that is all.
struct RequestResponse: ConnectionRule {
    static let page = RulePage(
        "U01", "request-response", .note, .low, [.wire],
        references: ["RFC 6455 §1.1", "RFC 9110 §9.3"], lesson: 5,
        says: "Every message of the server is the reply to a request of the client: HTTP does that already.",
        why: """
            HTTP brings what a protocol of your own lacks: status codes, caches, retries of what is safe to repeat, \
            load balancing per request, logs and tools that everybody knows. What a WebSocket adds is that the server \
            may speak first. Where it never does, you pay for a connection per client and for state in the server, \
            and get nothing for it.
            """,
        evidence: """
            At least `pairs` requests of the client in text messages; at least the `share` of them, and of the \
            server's messages, are one request and its one reply within `delay`, told by their ids or, without any, by \
            their order; and less than the `unasked` part of the server's messages answers nothing. Heartbeats are \
            not counted. It is called CRUD where at least the `crud` part of the requests says get, list, read, fetch, \
            find, create, add, insert, update, put, set, patch, delete or remove. At most 64 requests are open at once.
            """,
        fix: """
            Ask by HTTP, and keep the WebSocket for what the server has to tell on its own, such as that a record was \
            changed by somebody else.
            """,
        snippets: [
            Snippet(
                .browser,
                """
                const user = await (await fetch(`/users/${id}`)).json();             // asked: HTTP
                await fetch(`/users/${id}`, { method: "PUT", body: JSON.stringify(user) });
                socket.onmessage = event => refresh(JSON.parse(event.data));        // told: WebSocket
                """),
            Snippet(
                .ws,
                """
                app.put("/users/:id", (request, response) => {
                  response.json(users.update(request.params.id, request.body));
                  for (const client of wss.clients) client.send('{"type":"changed"}');
                });
                """),
        ],
        exceptions: """
            Remote calls by design: many small ones a second, where the head of each HTTP request would be the larger \
            part, or a protocol such as JSON-RPC whose server calls back when it has something to say.
            """,
        thresholds: [
            Threshold("pairs", .count(20), "how many requests there must be"),
            Threshold("share", .ratio(0.9), "which part of them and of the server's messages must be pairs"),
            Threshold("delay", .duration(1), "how long a reply may take"),
            Threshold("unasked", .ratio(0.05), "which part of the server's messages may answer nothing, at most"),
            Threshold("crud", .ratio(0.7), "which part of the requests must be about records"),
        ],
        examples: examples)

    static let watches: EventKinds = .message

    private let settings: RuleSettings
    private let delay: Int64
    private var open: OpenRequests
    private var requests = 0
    private var aboutRecords = 0
    private var replies = 0
    private var late = 0
    private var unasked = 0
    private var slowest: Int64 = 0
    private var first: Timestamp?
    private var newest: UInt64 = 0
    /// So much came unasked that the rest need not be looked at.
    private var isStream = false

    init(_ settings: RuleSettings) {
        self.settings = settings
        delay = settings.duration("delay")
        open = OpenRequests(wait: settings.duration("delay"))
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard !isStream, case .message(let message) = event.kind else { return }
        switch message.side {
        case .client:
            guard message.opcode == .text else { return }
            ask(message, payload, connection)
        case .server:
            let gist = connection.gist(message, payload)
            guard gist.beat == nil else { return }
            answer(gist.id.map { ContentHash(payload.extracting($0)).value }, message.began)
        }
    }

    private mutating func ask(_ message: Event.Message, _ payload: Span<UInt8>, _ connection: LintedConnection) {
        let gist = connection.gist(message, payload)
        guard gist.beat == nil else { return }
        requests += 1
        if let type = gist.type, RecordVerb.begins(payload.extracting(type)) { aboutRecords += 1 }
        first = first ?? message.began
        newest = message.frames.upperBound
        open.add(gist.id.map { ContentHash(payload.extracting($0)).value }, at: message.began)
    }

    private mutating func answer(_ id: UInt64?, _ now: Timestamp) {
        switch open.answer(id, at: now) {
        case .reply(_, let time) where time <= delay:
            replies += 1
            slowest = max(slowest, time)
        case .reply: late += 1
        case .unasked:
            unasked += 1
            isStream = unasked > 100 && unasked > requests
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if connection.isMidstream { return .midstream }
        if connection.isIncomplete.client || connection.isIncomplete.server { return .incomplete }
        if isStream { return .pass }
        guard requests >= max(1, settings.count("pairs")) else { return .notApplicable("too few requests") }
        let messages = Double(replies + late + unasked)
        guard Double(replies) >= settings.ratio("share") * max(messages, Double(requests)),
            Double(unasked) < settings.ratio("unasked") * messages
        else { return .pass }
        tell(connection, &report)
        return .pass
    }

    private func tell(_ connection: LintedConnection, _ report: inout Report) {
        let isCRUD = Double(aboutRecords) >= settings.ratio("crud") * Double(requests)
        report.add(
            "\(requests) requests of the client, \(replies) of them with one reply within \(Words.duration(slowest)), "
                + "and \(unasked == 0 ? "nothing" : Words.count(unasked, "message")) of the server's own accord"
                + (isCRUD ? ": CRUD, \(aboutRecords) get, create, change or delete records" : ""),
            at: connection.place(side: .client, frame: newest, from: first), subject: isCRUD ? "crud" : "")
    }
}

extension RequestResponse {
    /// Requests at no regular times, each with its reply.
    private static func ask(
        _ scene: inout Scene, _ count: Int, _ request: (Int) -> String, reply: (Int) -> String?
    ) {
        for number in 1...count {
            scene.text(.client, request(number))
            scene.wait(0.02)
            if let reply = reply(number) { scene.text(.server, reply) }
            scene.wait(0.4 + Double(number * number % 7))
            if number.isMultiple(of: 8) { scene.beat(every: 1, times: 1) }
        }
    }

    private static let examples: [Example] = [
        .violates("a database of users") { scene in
            scene.open()
            let actions = ["getUser", "updateUser", "getUser", "delete_user"]
            ask(&scene, 40) {
                #"{"action":"\#(actions[$0 % 4])","id":\#($0 / 4 + 1),"name":"user \#($0)"}"#
            } reply: {
                #"{"action":"\#(actions[$0 % 4])","id":\#($0 / 4 + 1),"version":\#($0)}"#
            }
            scene.end()
        },
        .violates("questions and answers without ids, and a welcome") { scene in
            scene.open()
            scene.text(.server, "welcome")
            ask(&scene, 24) {
                "question \($0)?"
            } reply: {
                "answer \($0)"
            }
            scene.end()
        },
        .complies("the server tells as much on its own") { scene in
            scene.open()
            ask(&scene, 24) {
                #"{"action":"getUser","id":\#($0)}"#
            } reply: {
                #"{"id":\#($0),"version":\#($0 * 7)}"#
            }
            for number in 1...12 {
                scene.wait(Double(number % 5))
                scene.text(.server, #"{"event":"changed","id":\#(number + 1000)}"#)
            }
            scene.end()
        },
        .complies("a client that reports, and is rarely answered") { scene in
            scene.open()
            ask(&scene, 24) {
                #"{"type":"position","x":\#($0 * 13 % 29)}"#
            } reply: {
                $0.isMultiple(of: 6) ? #"{"type":"turn","n":\#($0)}"# : nil
            }
            scene.end()
        },
        .tooLittle("five requests") { scene in
            scene.open()
            ask(&scene, 5) {
                #"{"action":"getUser","id":\#($0)}"#
            } reply: {
                #"{"id":\#($0),"version":\#($0 * 7)}"#
            }
            scene.end()
        },
        .tooLittle("the recording begins inside the connection") { scene in
            scene.midstream()
            ask(&scene, 24) {
                #"{"action":"getUser","id":\#($0)}"#
            } reply: {
                #"{"id":\#($0),"version":\#($0 * 7)}"#
            }
        },
    ]
}
