import Wire

/// M02: whether there is an end to the fragments of a message.
package enum FragmentJudge {
    /// - Parameter reply: To the fragments, or to the Ping behind them.
    package static func judge(_ reply: Reply, count: Int, _ exchange: [String]) -> ProbeOutcome {
        switch reply {
        case .pong, .strangePong:
            .finding("M02", "\(count) fragments of 1 B are held for a message that never ends", exchange)
        case .close, .ended: .pass("M02")
        case .silence: .notApplicable("M02", "no Pong shows whether the fragments were taken")
        }
    }
}
