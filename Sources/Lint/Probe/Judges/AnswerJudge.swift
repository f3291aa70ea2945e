package import Wire

/// H01, H02, H07, H09: the server's 101 as §4.2.2 demands it.
package enum AnswerJudge {
    package static func judge(_ answer: HTTPHead, to request: HTTPHead, _ exchange: [String]) -> [ProbeOutcome] {
        let demands = OpeningHandshake.judge(response: answer, to: request)
        return [
            outcome("H01", [.accept, .acceptOnce], demands, exchange),
            outcome("H02", [.upgradeAnswer, .connectionAnswer], demands, exchange),
            outcome("H09", [.extensionsAnswer, .compression], demands, exchange),
            subprotocol(answer, to: request, demands, exchange),
        ]
    }

    private static func subprotocol(
        _ answer: HTTPHead, to request: HTTPHead, _ demands: [Demand], _ exchange: [String]
    ) -> ProbeOutcome {
        let judged = outcome("H07", [.subprotocolAnswer, .subprotocolOnce], demands, exchange)
        let isNone =
            !request.tokens("Sec-WebSocket-Protocol").isEmpty && answer.values("Sec-WebSocket-Protocol").isEmpty
        guard !judged.isFinding, isNone else { return judged }
        return .finding(
            "H07", "the server chose none of the subprotocols that were offered", subject: "none", severity: .note,
            exchange)
    }

    private static func outcome(
        _ rule: RuleCode, _ about: Set<Demand.Rule>, _ demands: [Demand], _ exchange: [String]
    ) -> ProbeOutcome {
        for demand in demands where about.contains(demand.rule) {
            guard case .broken(let why) = demand.verdict else { continue }
            return .finding(
                rule, "\(demand.field ?? "the answer"): \(Transcript.cut(why))", subject: demand.field ?? "", exchange)
        }
        return .pass(rule)
    }
}
