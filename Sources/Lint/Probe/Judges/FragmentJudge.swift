import Wire

/// M02: whether there is an end to the fragments of a message.
package enum FragmentJudge {
    /// - Parameters:
    ///   - reply: To the fragments, or to the Ping behind them.
    ///   - held: Nanoseconds since the last fragment.
    package static func judge(_ reply: Reply, count: Int, held: Int64, _ exchange: [String]) -> ProbeOutcome {
        switch reply {
        case .pong, .strangePong:
            .finding(
                "M02", "\(count) fragments of 1 B are kept for \(Words.duration(held)) for a message that never ends",
                exchange)
        case .close, .ended: .pass("M02")
        case .silence: .notApplicable("M02", "no Pong shows whether the fragments were taken")
        }
    }
}
