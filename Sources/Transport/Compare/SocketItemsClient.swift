import Connection
import Wire

/// The socket's side of the CRUD comparison: its server, and a client that had to be written for it.
struct SocketItemsClient {
    private let server: WebSocketServer
    private let count: WireCount
    private let client: WebSocketClient
    private let replies: AsyncStream<SocketItems.Reply>

    static func start(_ store: ItemStore) async throws(TransportError) -> SocketItemsClient {
        let count = WireCount()
        var options = WebSocketServer.Options(port: 0)
        options.tap = CountingTap(count)
        options.compresses = false
        let server = WebSocketServer(options)
        let items = SocketItems(store)
        server.onConnection { items.serve($0) }
        let address = try await server.start()
        // A handful at most: one for each request.
        let (replies, continuation) = AsyncStream.makeStream(of: SocketItems.Reply.self)
        do {
            var request = ClientRequest(WebSocketURL(address: address, target: "/"))
            request.compresses = false
            let client = try await WebSocketClient.connect(request) { _, event in
                switch event {
                case .message(_, let bytes):
                    if let reply = JSONLine.value(SocketItems.Reply.self, String(decoding: bytes, as: UTF8.self)) {
                        continuation.yield(reply)
                    }
                case .ended: continuation.finish()
                case .opened, .ping, .pong, .closed: break
                }
            }
            return SocketItemsClient(server: server, count: count, client: client, replies: replies)
        } catch {
            await server.stop()
            throw error
        }
    }

    func stop() async {
        client.close(.normalClosure)
        await server.stop()
    }

    func readThreeTimes() async throws(TransportError) -> CRUDComparison.Side {
        let get = { SocketItems.Request(id: $0, op: "get", key: "42") }
        return try await measured([[get(1)], [get(2)], [get(3)]])
    }

    func changeStale() async throws(TransportError) -> CRUDComparison.Side {
        try await measured([[SocketItems.Request(id: 1, op: "put", key: "42", body: "a", tag: "\"v0\"")]])
    }

    func readMissing() async throws(TransportError) -> CRUDComparison.Side {
        try await measured([[SocketItems.Request(id: 1, op: "get", key: "none")]])
    }

    /// The second answer comes first: without the identifiers each would be taken for the other.
    func overtake() async throws(TransportError) -> CRUDComparison.Side {
        try await measured([
            [
                SocketItems.Request(id: 1, op: "get", key: "42", delay: 100),
                SocketItems.Request(id: 2, op: "get", key: "small"),
            ]
        ])
    }

    /// One TCP connection: the small answer comes when all of the large one has.
    func waitBehindLarge() async throws(TransportError) -> CRUDComparison.Side {
        let requests = [
            SocketItems.Request(id: 1, op: "get", key: "large"), SocketItems.Request(id: 2, op: "get", key: "small"),
        ]
        return try await measured([requests], timing: 2)
    }

    /// - Parameters:
    ///   - rounds: Requests that are sent together; the next round when all answers are there.
    ///   - timing: The request whose answer is waited for; nil for the first that comes.
    private func measured(
        _ rounds: [[SocketItems.Request]], timing: Int? = nil
    ) async throws(TransportError) -> CRUDComparison.Side {
        let before = count.figures
        var answers: [String] = []
        let began = Clock.now()
        var end: Timestamp?
        var iterator = replies.makeAsyncIterator()
        for round in rounds {
            for request in round { client.send(JSONLine.text(request)) }
            for _ in round {
                guard let reply = await iterator.next() else {
                    throw TransportError(
                        what: "no answer over the socket", why: "the connection ended",
                        advice: "run the comparison again")
                }
                if end == nil, timing == nil || timing == reply.id { end = Clock.now() }
                answers.append("id \(reply.id.map(String.init) ?? "?"): \(reply.status)")
            }
        }
        let after = count.figures
        return CRUDComparison.Side(
            answers: answers, bytes: after.received + after.sent - before.received - before.sent,
            milliseconds: Double((end ?? began).since(began)) / 1e6)
    }
}
