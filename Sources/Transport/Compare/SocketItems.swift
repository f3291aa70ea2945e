import NIOCore

/// The same CRUD over a socket: everything that HTTP has is invented anew. Identifiers tell which answer belongs to which
/// request, `status` is a status line, `tag` an ETag, and none of it is known to any cache, proxy or log on the way.
///
///     → {"id":1,"op":"get","key":"42"}
///     ← {"id":1,"status":"ok","tag":"\"v3\"","body":"…"}
package struct SocketItems: Sendable {
    /// What a client asks.
    package struct Request: Hashable, Sendable, Codable {
        package var id: Int
        package var op: String
        package var key: String?
        package var body: String?
        package var tag: String?
        /// So many milliseconds pass before the answer: another one overtakes it.
        package var delay: Int?

        package init(
            id: Int, op: String, key: String? = nil, body: String? = nil, tag: String? = nil, delay: Int? = nil
        ) {
            self.id = id
            self.op = op
            self.key = key
            self.body = body
            self.tag = tag
            self.delay = delay
        }
    }

    package struct Reply: Hashable, Sendable, Codable {
        package var id: Int?
        /// `ok`, `missing`, `conflict`, `full` or `bad request`.
        package var status: String
        package var key: String?
        package var tag: String?
        package var body: String?
    }

    private let store: ItemStore
    private static let longestDelay = 2000

    package init(_ store: ItemStore) { self.store = store }

    package func serve(_ connection: WebSocketConnection) {
        connection.onMessage { message in
            guard let request = JSONLine.value(Request.self, message.text) else {
                return connection.send(JSONLine.text(Reply(status: "bad request")))
            }
            let reply = JSONLine.text(answer(request))
            guard let delay = request.delay, delay > 0 else { return connection.send(reply) }
            connection.eventLoop.scheduleTask(in: .milliseconds(Int64(min(delay, SocketItems.longestDelay)))) {
                connection.send(reply)
            }
        }
    }

    private func answer(_ request: Request) -> Reply {
        let body = Array((request.body ?? "").utf8)
        switch (request.op, request.key) {
        case ("get", let key?): return reply(request.id, store.get(key), hasBody: true)
        case ("put", let key?): return reply(request.id, store.put(key, body, over: request.tag))
        case ("delete", let key?): return reply(request.id, store.delete(key))
        case ("create", nil):
            let (key, outcome) = store.create(body)
            var reply = reply(request.id, outcome)
            reply.key = key
            return reply
        default: return Reply(id: request.id, status: "bad request")
        }
    }

    private func reply(_ id: Int, _ outcome: ItemStore.Outcome, hasBody: Bool = false) -> Reply {
        switch outcome {
        case .done(let item):
            Reply(
                id: id, status: "ok", tag: item.tag, body: hasBody ? String(decoding: item.body, as: UTF8.self) : nil)
        case .removed: Reply(id: id, status: "ok")
        case .missing: Reply(id: id, status: "missing")
        case .conflict(let item): Reply(id: id, status: "conflict", tag: item.tag)
        case .full: Reply(id: id, status: "full")
        }
    }
}
