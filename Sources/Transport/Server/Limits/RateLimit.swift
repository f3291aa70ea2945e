/// How many messages and Pings a client may send.
public struct RateLimit: Hashable, Sendable {
    /// A second, over time.
    public var perSecond: Double
    /// At once, after a silence.
    public var burst: Double

    /// - Parameter burst: nil for twice as many as a second brings.
    public init(perSecond: Double, burst: Double? = nil) {
        self.perSecond = perSecond
        self.burst = burst ?? perSecond * 2
    }
}
