import Connection
import NIOCore
import NIOPosix

/// The HTTP side of the CRUD comparison: its server, and a client with as many connections as a browser would use.
struct HTTPItems {
    private let site: HTTPSite

    static func start(_ store: ItemStore) async throws(TransportError) -> HTTPItems {
        let routes = ItemRoutes(store)
        return HTTPItems(
            site: try await HTTPSite.start { call, responder in
                let answer = routes.answer(call)
                guard call.query["delay"] != nil else { return responder.answer(answer) }
                MultiThreadedEventLoopGroup.singleton.next()
                    .scheduleTask(in: .milliseconds(100)) { responder.answer(answer) }
            })
    }

    func stop() async { await site.stop() }

    func readThreeTimes() async throws(TransportError) -> CRUDComparison.Side {
        try await measured { link, answers throws(TransportError) in
            var tag: String?
            for _ in 1...3 {
                let answer = try await link.ask("GET", "/items/42", tag.map { ["If-None-Match": $0] } ?? [:])
                tag = answer.field("ETag")
                answers.append(answer.words)
            }
        }
    }

    func changeStale() async throws(TransportError) -> CRUDComparison.Side {
        try await measured { link, answers throws(TransportError) in
            let answer = try await link.ask("PUT", "/items/42", ["If-Match": "\"v0\""], body: [0x61])
            answers.append(answer.words)
        }
    }

    func readMissing() async throws(TransportError) -> CRUDComparison.Side {
        try await measured { link, answers throws(TransportError) in
            answers.append(try await link.ask("GET", "/items/none").words)
        }
    }

    /// One connection answers in the order of the requests; so the second request goes over another one.
    func overtake() async throws(TransportError) -> CRUDComparison.Side {
        try await beside("/items/42?delay", "/items/small")
    }

    func waitBehindLarge() async throws(TransportError) -> CRUDComparison.Side {
        try await beside("/items/large", "/items/small")
    }

    /// Both at once; measured is when the second one's answer is there.
    private func beside(_ first: String, _ second: String) async throws(TransportError) -> CRUDComparison.Side {
        try await measured { link, answers throws(TransportError) in
            let other = try await HTTPLink.connect(to: site.address)
            defer { other.close() }
            let late = Task { () -> Result<HTTPAnswer, TransportError> in
                do throws(TransportError) {
                    return .success(try await link.ask("GET", first))
                } catch {
                    return .failure(error)
                }
            }
            answers.append("the second: " + (try await other.ask("GET", second).words))
            answers.append("the first: " + (try await late.value.get().words))
        }
    }

    private func measured(
        _ body: (HTTPLink, inout TimedAnswers) async throws(TransportError) -> Void
    ) async throws(TransportError) -> CRUDComparison.Side {
        let link = try await HTTPLink.connect(to: site.address)
        defer { link.close() }
        let before = site.count.figures
        var answers = TimedAnswers()
        try await body(link, &answers)
        return answers.side(before, site.count.figures)
    }
}

/// Answers, and when the first of them was there.
struct TimedAnswers {
    private let began = Clock.now()
    private var first: Timestamp?
    private var words: [String] = []

    mutating func append(_ answer: String) {
        first = first ?? Clock.now()
        words.append(answer)
    }

    func side(_ before: WireCount.Figures, _ after: WireCount.Figures) -> CRUDComparison.Side {
        CRUDComparison.Side(
            answers: words, bytes: after.received + after.sent - before.received - before.sent,
            milliseconds: Double((first ?? began).since(began)) / 1e6)
    }
}

extension HTTPAnswer {
    fileprivate var words: String {
        switch status {
        case 200: "200 OK"
        case 304: "304 Not Modified"
        case 404: "404 Not Found"
        case 412: "412 Precondition Failed"
        default: "\(status)"
        }
    }
}
