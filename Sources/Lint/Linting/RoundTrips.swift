/// The last 64 times that a Pong took, of one side.
struct RoundTrips {
    /// All that were added, the forgotten ones included.
    private(set) var count = 0
    private var recent: [Int64] = []

    private static let kept = 64

    mutating func add(_ nanoseconds: Int64) {
        if recent.count < Self.kept {
            recent.append(nanoseconds)
        } else {
            recent[count % Self.kept] = nanoseconds
        }
        count += 1
    }

    /// The time within which that share of the Pongs came; nil before the first.
    func percentile(_ share: Double) -> Int64? {
        guard !recent.isEmpty else { return nil }
        let index = Int((Double(recent.count) * share).rounded(.up)) - 1
        return recent.sorted()[min(max(index, 0), recent.count - 1)]
    }

    var median: Int64? { percentile(0.5) }
}
