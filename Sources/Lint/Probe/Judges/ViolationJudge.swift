import Wire

/// What a server's reaction to a violation means.
package enum ViolationJudge {
    /// - Parameters:
    ///   - reply: To the violation, or to the Ping behind it.
    ///   - isF12On: Whether the rule about tolerance takes the finding; else the rule about the violation does.
    package static func judge(
        _ violation: ViolationCase, _ reply: Reply, isF12On: Bool, _ exchange: [String]
    ) -> [ProbeOutcome] {
        let tolerance: RuleCode = isF12On ? "F12" : violation.rule
        switch reply {
        case .pong, .strangePong:
            let message = "after \(violation.name) (\(violation.rule)) the server goes on: it answers a Ping"
            return [.finding(tolerance, message, subject: violation.name, exchange)]
        case .silence:
            let message = "after \(violation.name) (\(violation.rule)) the server neither closes nor answers for 2 s"
            return [.finding(tolerance, message, subject: violation.name, severity: .warning, exchange)]
        case .ended: return [.pass(violation.rule), .pass("F12")]
        case .close(let payload):
            let code = CloseCodeJudge.judge(
                payload, after: "\(violation.name) (\(violation.rule))", expected: violation.expected, exchange)
            return [.pass(violation.rule), .pass("F12"), code]
        }
    }
}
