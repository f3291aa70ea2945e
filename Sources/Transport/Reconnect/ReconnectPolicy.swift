/// How long a client waits before it connects again, RFC 6455 §7.2.3.
///
/// Of a server that restarts all clients are gone in the same instant. What they do next decides whether it comes back:
/// without a delay they are an attack, with the same delay they come all at once again, however long it is. "The first
/// reconnect attempt SHOULD be delayed by a random amount of time", and further ones by a truncated exponential backoff.
package enum ReconnectPolicy: Hashable, Sendable {
    /// At once, again and again: what must not be done.
    case none
    /// Always the same delay.
    case fixed(Duration)
    /// Twice the delay each time, up to the cap; all clients the same.
    case exponential(base: Duration, cap: Duration)
    /// Random, between nothing and what `exponential` would wait: spreads the clients over the whole time.
    case fullJitter(base: Duration, cap: Duration)

    /// - Parameter attempt: 0 for the first after the connection was lost.
    package func delay(attempt: Int, using random: inout some RandomNumberGenerator) -> Duration {
        switch self {
        case .none: .zero
        case .fixed(let delay): delay
        case .exponential(let base, let cap): ReconnectPolicy.doubled(base, attempt, cap)
        case .fullJitter(let base, let cap):
            .nanoseconds(
                Int64.random(
                    in: 0...max(ReconnectPolicy.doubled(base, attempt, cap).inNanoseconds, 0), using: &random))
        }
    }

    private static func doubled(_ base: Duration, _ attempt: Int, _ cap: Duration) -> Duration {
        // 2⁴⁰ of any delay worth the name is beyond every cap, and does not overflow.
        min(base * (1 << min(max(attempt, 0), 40)), cap)
    }

    /// A connection that lived so long was a good one: the next attempts begin at the shortest delay again. A server that
    /// accepts and drops at once would otherwise be asked without end.
    var settled: Duration {
        switch self {
        case .none: .zero
        case .fixed(let delay): delay
        case .exponential(_, let cap), .fullJitter(_, let cap): cap
        }
    }

    /// As it is chosen on a command line.
    package var name: String {
        switch self {
        case .none: "none"
        case .fixed: "fixed"
        case .exponential: "exponential"
        case .fullJitter: "full-jitter"
        }
    }
}
