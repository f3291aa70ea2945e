/// Begins what is looked at later, so that nobody waits for it alone, and looks at it.
struct PendingStep: ProbeStep {
    enum Part: Sendable { case begin, end }

    let part: Part

    var name: String {
        switch part {
        case .begin: "half a request, and a message of very many fragments"
        case .end: "what became of half a request and very many fragments"
        }
    }

    let rules: [RuleCode] = ["M02", "M05"]

    var cost: ProbeCost {
        switch part {
        case .begin: ProbeCost(connections: 2, seconds: 10)
        case .end: ProbeCost(connections: 0, seconds: 40)
        }
    }

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        switch part {
        case .begin:
            if session.isOn("M05") { try await HalfRequest.begin(session) }
            return session.isOn("M02") ? try await EndlessMessage.begin(session) : []
        case .end: return try await EndlessMessage.end(session) + HalfRequest.end(session)
        }
    }
}
