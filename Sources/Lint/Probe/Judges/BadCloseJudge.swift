package import Wire

/// C03: the reaction to a Close whose body no endpoint may send.
package enum BadCloseJudge {
    package static func judge(_ reply: Reply, to body: ClosePayload, _ exchange: [String]) -> [ProbeOutcome] {
        let subject = body.words
        switch reply {
        case .ended: return [.pass("C03")]
        case .close(let answer):
            guard isTolerance(answer, of: body) else {
                return [
                    .pass("C03"),
                    CloseCodeJudge.judge(answer, after: "a \(subject)", expected: .protocolError, exchange),
                ]
            }
            return [
                .finding("C03", "a \(subject) is answered like a good one: \(answer.words)", subject: subject, exchange)
            ]
        case .pong, .strangePong, .silence:
            return [.finding("C03", "a \(subject) is ignored for 2 s", subject: subject, exchange)]
        }
    }

    /// The same code back, or one that says all is well.
    private static func isTolerance(_ answer: ClosePayload, of body: ClosePayload) -> Bool {
        answer.closeCode == body.closeCode || answer.closeCode == .normalClosure || answer == .empty
            || !answer.closeCode.isAllowedOnWire
    }
}
