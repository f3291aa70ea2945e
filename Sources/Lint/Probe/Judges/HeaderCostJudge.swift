/// H11: what a large request costs.
package enum HeaderCostJudge {
    /// Nanoseconds that nobody needs for a request of 16 KiB.
    package static let slow: Int64 = 250_000_000

    /// - Parameter size: What is large: "200 header fields".
    package static func judge(
        _ answer: HandshakeAnswer, _ size: String, subject: String, _ exchange: [String]
    ) -> ProbeOutcome {
        guard answer.isSwitch else { return .pass("H11") }
        return .finding("H11", "a request with \(size) is accepted", subject: subject, exchange)
    }

    /// - Parameters:
    ///   - short: Nanoseconds for half the length.
    ///   - long: For the whole.
    package static func judge(short: Int64, long: Int64, _ exchange: [String]) -> ProbeOutcome {
        guard long > slow, Double(long) > 3 * Double(short) else { return .pass("H11") }
        return .finding(
            "H11",
            "twice as many spaces in a header field take \(Words.duration(long)) instead of \(Words.duration(short))",
            subject: "time", exchange)
    }
}
