import Wire

/// M01: the longest message that a server takes.
package enum MessageSizeJudge {
    /// - Parameters:
    ///   - taken: Bytes of the longest message behind which a Ping was answered; 0 for none.
    ///   - last: To the next longer one, or to the longest.
    package static func judge(taken: Int, _ last: Reply, _ exchange: [String]) -> [ProbeOutcome] {
        switch taken {
        case (16 << 20)...:
            return [
                .finding("M01", "a message of 16 MiB is taken", subject: "size", severity: .error, exchange)
            ]
        case (1 << 20)...:
            let limit: ProbeOutcome = .finding(
                "M01", "a message of more than 1 MiB is taken; one of 16 MiB is answered by \(last.words)",
                subject: "size",
                severity: .warning, exchange)
            return [limit] + code(last, exchange)
        default: return smaller(taken, last, exchange)
        }
    }

    private static func smaller(_ taken: Int, _ last: Reply, _ exchange: [String]) -> [ProbeOutcome] {
        switch last {
        case .close(let payload) where payload.closeCode == .messageTooBig || taken > 0:
            return [.pass("M01")] + code(last, exchange)
        case .ended where taken > 0: return [.pass("M01")]
        case .close, .ended: return [.notApplicable("M01", "the server ends the connection at the probe's message")]
        case .silence where taken > 0: return [.pass("M01")]
        case .pong, .strangePong, .silence:
            return [.notApplicable("M01", "no Pong shows whether the messages were taken")]
        }
    }

    private static func code(_ last: Reply, _ exchange: [String]) -> [ProbeOutcome] {
        guard case .close(let payload) = last else { return [] }
        return [CloseCodeJudge.judge(payload, after: "a message that is too long", expected: .messageTooBig, exchange)]
    }
}
