import Wire

/// H10: the answer to a request that is no opening handshake.
package enum LenientJudge {
    /// - Parameter fault: What is wrong with the request: "no Upgrade".
    package static func judge(_ answer: HandshakeAnswer, to fault: String, _ exchange: [String]) -> ProbeOutcome {
        switch answer {
        case .head(let head) where head.status == 101:
            .finding("H10", "a request with \(fault) is accepted", subject: fault, severity: .error, exchange)
        case .head: .pass("H10")
        // "the server MUST stop processing … and return an HTTP response with an appropriate error code", §4.2.1.
        case .notHTTP, .ended:
            .finding(
                "H10", "a request with \(fault) gets no HTTP status: \(answer.words)", subject: "no status",
                severity: .warning, exchange)
        case .silence: .notApplicable("H10", "no answer in time")
        }
    }
}
