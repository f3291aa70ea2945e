/// A limit on how often something may happen, that allows bursts: so many tokens fit into the bucket, so many come back a
/// second, and each time takes one. Time is an argument.
package struct TokenBucket: Sendable {
    /// Tokens a second.
    package let rate: Double
    /// The most that can be saved.
    package let burst: Double
    private var tokens: Double
    private var last: Timestamp

    /// A full bucket.
    package init(rate: Double, burst: Double, now: Timestamp) {
        self.rate = rate
        self.burst = max(burst, 1)
        tokens = self.burst
        last = now
    }

    /// - Returns: False where there is no token; then none is taken.
    package mutating func take(now: Timestamp) -> Bool {
        let elapsed = max(now.since(last), 0)
        last = max(last, now)
        tokens = min(burst, tokens + Double(elapsed) * rate / 1e9)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
