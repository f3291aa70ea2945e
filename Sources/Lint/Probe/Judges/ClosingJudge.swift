/// C02: whether the server finishes the closing handshake that the client began.
package enum ClosingJudge {
    /// - Parameters:
    ///   - reply: To the client's Close, within `answer` seconds.
    ///   - end: Of TCP, within `hold` seconds after both Closes; nil where it did not end.
    package static func judge(
        _ reply: Reply, _ end: LineEnd?, answer: Double, hold: Double, _ exchange: [String]
    ) -> ProbeOutcome {
        switch reply {
        case .pong, .strangePong, .silence:
            .finding(
                "C02", "no Close came within \(Int(answer)) s after the client's", subject: "close", severity: .error,
                exchange)
        case .ended(let end):
            .finding(
                "C02", "the client's Close is not answered: \(end.words)", subject: "close", severity: .error, exchange)
        case .close where end == nil:
            .finding(
                "C02", "the server keeps TCP open for more than \(Int(hold)) s after both Closes", subject: "tcp",
                severity: .warning, exchange)
        case .close: .pass("C02")
        }
    }
}
