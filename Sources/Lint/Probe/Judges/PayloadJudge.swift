import Wire

/// D01: whether a message with bad content is dealt with, or falls through.
package enum PayloadJudge {
    /// - Parameters:
    ///   - reply: To the Ping behind the message.
    ///   - content: What is bad about it: "broken JSON".
    package static func judge(_ reply: Reply, to content: String, _ exchange: [String]) -> ProbeOutcome {
        switch reply {
        case .pong, .strangePong: .pass("D01")
        case .close(let payload) where payload.closeCode == .internalError:
            .finding(
                "D01", "\(content) is an internal error of the server: \(payload.words)", subject: content,
                severity: .error, exchange)
        case .close: .pass("D01")
        case .ended(let end):
            .finding(
                "D01", "\(content) ends the connection without a Close: \(end.words)", subject: content,
                severity: .error, exchange)
        case .silence: .notApplicable("D01", "no Pong shows what became of the messages")
        }
    }
}
