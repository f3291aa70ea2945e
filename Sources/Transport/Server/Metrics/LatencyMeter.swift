package import Connection
import Synchronization

/// How long something takes: its distribution since the start, and lately. Four steps to each doubling, so a quantile is
/// at most a fifth too high.
package final class LatencyMeter: Sendable {
    package struct Distribution {
        var counts = [Int](repeating: 0, count: LatencyMeter.buckets)
        package private(set) var count = 0
        /// Nanoseconds.
        var sum: Int64 = 0
        var longest: Int64 = 0

        mutating func record(_ nanoseconds: Int64) {
            counts[LatencyMeter.bucket(nanoseconds)] += 1
            count += 1
            sum += nanoseconds
            longest = max(longest, nanoseconds)
        }

        mutating func merge(_ other: Distribution) {
            for index in counts.indices { counts[index] += other.counts[index] }
            count += other.count
            sum += other.sum
            longest = max(longest, other.longest)
        }

        /// Nanoseconds below which that part of all is; nil where nothing was recorded.
        package func quantile(_ part: Double) -> Int64? {
            guard count > 0 else { return nil }
            var rest = Int((Double(count) * part).rounded(.up))
            for (bucket, count) in counts.enumerated() {
                rest -= count
                if rest <= 0 { return min(LatencyMeter.limit(of: bucket), longest) }
            }
            return longest
        }
    }

    private struct State {
        var total = Distribution()
        var now = Distribution()
        var before = Distribution()
        var since = Timestamp(nanoseconds: 0)

        /// "Lately" is this period and the one before.
        mutating func turn(at now: Timestamp) {
            let age = now.since(since)
            guard age >= LatencyMeter.period else { return }
            before = age < 2 * LatencyMeter.period ? self.now : Distribution()
            self.now = Distribution()
            since = now
        }
    }

    static let period: Int64 = 10_000_000_000
    /// From 1 µs to 17 s and beyond.
    static let buckets = 4 * 25
    private let state = Mutex(State())

    package init() {}

    package func record(_ nanoseconds: Int64, at now: Timestamp) {
        state.withLock { state in
            state.turn(at: now)
            state.total.record(nanoseconds)
            state.now.record(nanoseconds)
        }
    }

    /// Of the last ten to twenty seconds.
    package func lately(at now: Timestamp) -> Distribution {
        state.withLock { state in
            state.turn(at: now)
            var sum = state.now
            sum.merge(state.before)
            return sum
        }
    }

    package var total: Distribution { state.withLock { $0.total } }

    static func bucket(_ nanoseconds: Int64) -> Int {
        let microseconds = UInt64(max(nanoseconds, 0)) / 250  // quarters: the first doubling has its four steps, too
        guard microseconds >= 4 else { return 0 }
        let power = 63 - microseconds.leadingZeroBitCount
        return min((power - 2) * 4 + Int(microseconds >> UInt64(power - 2) & 3), buckets - 1)
    }

    /// The upper end of a bucket, in nanoseconds.
    static func limit(of bucket: Int) -> Int64 {
        let (power, step) = (bucket / 4 + 2, Int64(bucket % 4))
        return ((4 + step + 1) << Int64(power - 2)) * 250
    }
}
