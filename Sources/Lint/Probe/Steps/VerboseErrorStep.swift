/// D03: what the server said in all the steps before.
struct VerboseErrorStep: ProbeStep {
    let name = "what the server's errors tell"
    let rules: [RuleCode] = ["D03"]
    let cost = ProbeCost(connections: 0, seconds: 1)

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        guard session.facts.texts > 0 else { return [.notApplicable("D03", "the server said nothing")] }
        guard !session.facts.leaks.isEmpty else { return [.pass("D03")] }
        return session.facts.leaks.map { leak in
            .finding(
                "D03", "the server sends \(leak.kind.nameOfError): \(leak.excerpt)", subject: leak.kind.nameOfError,
                ["< \(leak.excerpt)"])
        }
    }
}
