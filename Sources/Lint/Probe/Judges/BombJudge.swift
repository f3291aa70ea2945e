import Wire

/// Z01: whether the limit of a message holds after inflation, too.
package enum BombJudge {
    /// - Parameter reply: To the message, or to the Ping behind it.
    package static func judge(
        _ reply: Reply, compressed: Int, inflated: Int, _ exchange: [String]
    ) -> [ProbeOutcome] {
        switch reply {
        case .pong, .strangePong:
            return [
                .finding(
                    "Z01", "\(Words.bytes(compressed)) that inflate to \(Words.bytes(inflated)) are taken", exchange)
            ]
        case .close(let payload):
            let code = CloseCodeJudge.judge(
                payload, after: "a message that inflates to \(Words.bytes(inflated))", expected: .messageTooBig,
                exchange)
            return [.pass("Z01"), code]
        case .ended: return [.pass("Z01")]
        case .silence: return [.notApplicable("Z01", "no Pong shows whether the message was taken")]
        }
    }
}
