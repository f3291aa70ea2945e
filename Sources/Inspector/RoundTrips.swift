/// The round-trip times of a connection's pings: of all of them the extremes, of the newest the distribution.
package struct RoundTrips: Hashable, Sendable {
    package private(set) var count = 0
    /// Nanoseconds; 0 while there is none.
    package private(set) var last: Int64 = 0
    package private(set) var minimum: Int64 = 0
    package private(set) var maximum: Int64 = 0
    /// The newest ones, at most `capacity`, in no order.
    private var recent: [Int64] = []

    package static let capacity = 256

    package init() {}

    package mutating func add(_ nanoseconds: Int64) {
        minimum = count == 0 ? nanoseconds : min(minimum, nanoseconds)
        maximum = count == 0 ? nanoseconds : max(maximum, nanoseconds)
        last = nanoseconds
        if recent.count < RoundTrips.capacity {
            recent.append(nanoseconds)
        } else {
            recent[count % RoundTrips.capacity] = nanoseconds
        }
        count += 1
    }

    /// The smallest of the newest round trips that `share` of them do not exceed; nil where there is none.
    package func quantile(_ share: Double) -> Int64? {
        guard !recent.isEmpty else { return nil }
        let sorted = recent.sorted()
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}
