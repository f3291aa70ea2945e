import Connection

/// What one side has asked and the other has not answered yet: the last 64 requests, each by a hash of its id and when
/// it was sent.
struct OpenRequests {
    private struct Request {
        let id: UInt64?
        let sent: Timestamp
        let tag: UInt64
    }

    /// What a message of the other side is.
    enum Answer {
        /// The answer to a request with that tag, so many nanoseconds later.
        case reply(tag: UInt64, delay: Int64)
        /// Nobody asked.
        case unasked
    }

    private var open: [Request] = []
    private let wait: Int64

    private static let limit = 64

    /// - Parameter wait: Nanoseconds after which a request without an id most likely gets no answer.
    init(wait: Int64) { self.wait = wait }

    var isEmpty: Bool { open.isEmpty }

    /// - Parameter tag: Comes back with the answer.
    mutating func add(_ id: UInt64?, at time: Timestamp, tag: UInt64 = 0) {
        if open.count == Self.limit { open.removeFirst() }
        open.append(Request(id: id, sent: time, tag: tag))
    }

    /// Finds the request that a message answers: by id where both have one, else in order.
    mutating func answer(_ id: UInt64?, at time: Timestamp) -> Answer {
        guard let index = index(id, time) else { return .unasked }
        let request = open.remove(at: index)
        return .reply(tag: request.tag, delay: time.since(request.sent))
    }

    private func index(_ id: UInt64?, _ time: Timestamp) -> Int? {
        if let id, open.contains(where: { $0.id != nil }) { return open.firstIndex { $0.id == id } }
        return open.firstIndex { time.since($0.sent) <= wait } ?? open.indices.first
    }
}
