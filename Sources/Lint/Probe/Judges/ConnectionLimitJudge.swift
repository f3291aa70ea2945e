/// M05: how many connections somebody unknown may have.
package enum ConnectionLimitJudge {
    /// - Parameters:
    ///   - accepted: Connections that were open at once.
    ///   - refusal: The answer to the next one; nil where none was asked for.
    package static func judge(
        accepted: Int, wanted: Int, _ refusal: HandshakeAnswer?, _ exchange: [String]
    ) -> ProbeOutcome {
        if refusal != nil { return .pass("M05") }
        guard accepted >= wanted else {
            return .notApplicable("M05", "the budget left room for \(accepted) connections only")
        }
        return .finding(
            "M05", "\(accepted) connections at once are accepted from one client without credentials", subject: "count",
            severity: .note, exchange)
    }

    /// - Parameters:
    ///   - answer: To a request that was never complete.
    ///   - held: For so many nanoseconds it was looked at.
    ///   - limit: A server may wait for so many.
    package static func judge(
        half answer: HandshakeAnswer, held: Int64, limit: Int64, _ exchange: [String]
    ) -> ProbeOutcome {
        guard answer == .silence else { return .pass("M05") }
        guard held >= limit else {
            return .notApplicable("M05", "half a request may be held for \(Words.duration(limit)): --slow")
        }
        return .finding(
            "M05", "half a request is held for \(Words.duration(held)) and longer", subject: "half request",
            severity: .warning, exchange)
    }
}
