/// L04: whether a heavy message of one client keeps the others waiting.
package enum SlowPongJudge {
    /// In nanoseconds, and how many times the median a Pong must take to be a slow one.
    package struct Limits: Hashable, Sendable {
        package let warning: Int64
        package let error: Int64

        package let factor: Double

        package init(warning: Int64, error: Int64, factor: Double) {
            self.warning = warning
            self.error = error
            self.factor = factor
        }
    }

    /// - Parameters:
    ///   - times: Nanoseconds to each Pong.
    ///   - median: Before the message.
    ///   - message: What the other connection sent.
    package static func judge(
        _ times: [Int64], median: Int64, while message: String, _ limits: Limits, _ exchange: [String]
    ) -> ProbeOutcome {
        guard !times.isEmpty else { return .notApplicable("L04", "the server ended the connection") }
        let sorted = times.sorted()
        let slow = sorted[min(sorted.count * 95 / 100, sorted.count - 1)]
        guard slow > limits.warning, Double(slow) > limits.factor * Double(median) else { return .pass("L04") }
        return .finding(
            "L04",
            "while it works on another client's \(message), the server takes \(Words.duration(slow)) for a Pong "
                + "instead of \(Words.duration(median))",
            severity: slow > limits.error ? .error : .warning, exchange)
    }
}
