/// Why a probe, or a step of it, ends early.
package enum ProbeStop: Error, Hashable, Sendable {
    /// There is no WebSocket server to probe: why, and what to do. Safe text.
    case unfit(why: String, advice: String)
    /// The budget has no room for what the step needs next.
    case budget(String)
    /// The server does not serve a new client any more: what it did instead. Safe text.
    case harmed(String)
    /// The server lives, and serves this client no more: what it answered. Safe text.
    case refused(String)
}
