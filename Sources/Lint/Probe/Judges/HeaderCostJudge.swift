/// H11: what a large request costs.
package enum HeaderCostJudge {
    /// - Parameter size: What is large: "200 header fields".
    package static func judge(
        _ answer: HandshakeAnswer, _ size: String, subject: String, _ exchange: [String]
    ) -> ProbeOutcome {
        switch answer {
        case .head where !answer.isSwitch, .notHTTP, .ended: .pass("H11")
        case .head: .finding("H11", "a request with \(size) is accepted", subject: subject, exchange)
        case .silence:
            .finding("H11", "a request with \(size) is neither refused nor ended", subject: subject, exchange)
        }
    }

    /// - Parameters:
    ///   - short: Nanoseconds for half the length.
    ///   - long: For the whole.
    package static func judge(
        short: Int64, long: Int64, field: String, growth: Double, slow: Int64, _ exchange: [String]
    ) -> ProbeOutcome {
        guard isSlow(short, long, growth: growth, slow: slow) else { return .pass("H11") }
        return .finding(
            "H11",
            "twice as many spaces in \(field) take \(Words.duration(long)) instead of \(Words.duration(short))",
            subject: field, exchange)
    }

    static func isSlow(_ short: Int64, _ long: Int64, growth: Double, slow: Int64) -> Bool {
        long > slow && Double(long) > growth * Double(short)
    }
}
