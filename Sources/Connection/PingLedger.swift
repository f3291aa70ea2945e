import Wire

/// The Pings of one side that wait for their Pong, RFC 6455 §5.5.2 and §5.5.3.
///
/// A Pong answers the oldest Ping with the same payload. Every earlier Ping is settled with it, for an endpoint may
/// answer the most recent one only. Pings that share a payload cannot be told apart: one that was passed over when a Pong
/// came is given up as soon as its like is sent again, so that a Pong left out once does not shift all that follow.
struct PingLedger {
    private struct Entry {
        let payload: [UInt8]
        let frame: UInt64
        let sent: Timestamp
        var wasPassedOver = false
    }

    private var waiting: [Entry] = []

    mutating func ping(_ payload: Span<UInt8>, frame: UInt64, at time: Timestamp, limit: Int) {
        waiting.removeAll { $0.wasPassedOver && PingLedger.equal($0.payload, payload) }
        if waiting.count >= limit, !waiting.isEmpty { waiting.removeFirst() }
        waiting.append(Entry(payload: payload.array, frame: frame, sent: time))
    }

    /// - Returns: nil for a Pong that nobody asked for.
    mutating func pong(_ payload: Span<UInt8>, at time: Timestamp) -> Event.Ping? {
        guard let index = waiting.indices.first(where: { PingLedger.equal(waiting[$0].payload, payload) })
        else { return nil }
        let entry = waiting[index]
        waiting.removeSubrange(...index)
        for later in waiting.indices where waiting[later].payload == entry.payload {
            waiting[later].wasPassedOver = true
        }
        return Event.Ping(
            frame: entry.frame, sent: entry.sent, roundTrip: time.since(entry.sent), skipped: index)
    }

    private static func equal(_ left: [UInt8], _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] { return false }
        return true
    }
}

extension Span<UInt8> {
    /// A copy.
    package var array: [UInt8] {
        withUnsafeBufferPointer { [UInt8]($0) }
    }
}
