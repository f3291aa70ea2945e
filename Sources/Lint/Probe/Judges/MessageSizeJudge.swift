import Wire

/// M01: the longest message that a server takes.
package enum MessageSizeJudge {
    /// Bytes that a message may have at the most before it is a finding.
    package struct Limits: Hashable, Sendable {
        package let warning: Int
        package let error: Int

        package init(warning: Int, error: Int) {
            self.warning = warning
            self.error = error
        }

        /// What is sent, one after the other.
        var sizes: [Int] { [64 << 10, warning + 1, error + 1] }
    }

    /// - Parameters:
    ///   - taken: Bytes of the longest message behind which a Ping was answered; 0 for none.
    ///   - last: To the next longer one, or to the longest.
    package static func judge(
        taken: Int, _ last: Reply, _ limits: Limits, _ exchange: [String]
    ) -> [ProbeOutcome] {
        switch taken {
        case (limits.error + 1)...:
            let message = "a message of \(Words.bytes(limits.error)) and one byte is taken"
            return [.finding("M01", message, subject: "size", severity: .error, exchange)]
        case (limits.warning + 1)...:
            let limit: ProbeOutcome = .finding(
                "M01",
                "a message of \(Words.bytes(limits.warning)) and one byte is taken; to one of "
                    + "\(Words.bytes(limits.error)) came \(last.words)",
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
