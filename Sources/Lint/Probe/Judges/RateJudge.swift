import Wire

/// M04: whether anything slows down a client who sends many messages in a second.
package enum RateJudge {
    package struct Burst: Hashable, Sendable {
        package let messages: Int
        /// Of a Ping before the burst, in nanoseconds.
        package var before: Int64?
        /// The connection ended with the first message.
        package var endedAtFirst = false
        /// How it ended during the burst.
        package var end: Reply?
        /// The server stopped reading.
        package var isStalled = false
        /// To the Ping behind the burst.
        package var last: Reply?
        package var replies = 0
        /// A reply said that it was too much.
        package var isTold = false

        package init(messages: Int) { self.messages = messages }

        mutating func hear(_ frame: HeardFrame) {
            guard !frame.header.isControl else { return }
            replies += 1
            let text = frame.text.lowercased()
            if text.contains("rate limit") || text.contains("ratelimit") || text.contains("too many") { isTold = true }
        }
    }

    /// A Pong that takes so much longer than before, in nanoseconds, shows that the server holds the client back.
    private static let delay: Int64 = 1_000_000_000

    /// - Parameter factor: So many times as long as before.
    package static func judge(_ burst: Burst, factor: Double, _ exchange: [String]) -> ProbeOutcome {
        if burst.endedAtFirst { return .notApplicable("M04", "the server ends the connection at the probe's message") }
        if burst.end != nil || burst.isStalled || burst.isTold { return .pass("M04") }
        switch burst.last {
        case .close, .ended: return .pass("M04")
        case .silence, .strangePong, nil: return .notApplicable("M04", "no Pong shows whether the messages were taken")
        case .pong(let time):
            if time > delay, Double(time) > factor * Double(burst.before ?? 0) { return .pass("M04") }
            let replies = burst.replies > 0 ? "\(Words.count(burst.replies, "reply", "replies")), and " : ""
            return .finding(
                "M04",
                "\(burst.messages) messages in 1 s are all taken: \(replies)the Ping behind them answered after \(Words.duration(time))",
                exchange)
        }
    }
}
