import Wire

/// H01, H02: the server's 101 as §4.2.2 demands it.
enum AnswerJudge {
    static func judge(_ answer: HTTPHead, to request: HTTPHead, _ exchange: [String]) -> [ProbeOutcome] {
        let demands = OpeningHandshake.judge(response: answer, to: request)
        return [
            outcome("H01", [.accept, .acceptOnce], demands, exchange),
            outcome("H02", [.upgradeAnswer, .connectionAnswer], demands, exchange),
        ]
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
