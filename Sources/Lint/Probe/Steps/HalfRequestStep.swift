import Connection
import Wire

/// M05: a request that begins and never ends. Begun early and looked at late, so that nobody waits for it alone.
struct HalfRequestStep: ProbeStep {
    enum Part: Sendable { case begin, end }

    let part: Part

    var name: String {
        switch part {
        case .begin: "half a request"
        case .end: "what became of half a request"
        }
    }

    let rules: [RuleCode] = ["M05"]
    var cost: ProbeCost {
        switch part {
        case .begin: ProbeCost(connections: 1, seconds: 5)
        case .end: ProbeCost(connections: 0, seconds: 40)
        }
    }

    /// Servers that give a client ten seconds for its request are good, and not always on time.
    private static let patience: Int64 = 12_000_000_000
    private static let longPatience: Int64 = 32_000_000_000

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        switch part {
        case .begin:
            try await begin(session)
            return []
        case .end: return try await end(session)
        }
    }

    private func begin(_ session: ProbeSession) async throws {
        let request = session.request()
        let connection = try await session.openLine(request)
        let half = Array(request.bytes.prefix(request.bytes.count / 2))
        try await connection.send(half, "half a request, \(Words.bytes(half.count))", until: session.deadline(2))
        session.facts.half = (connection, session.lines.now())
    }

    private func end(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        guard let (connection, since) = session.facts.half else { return [] }
        session.facts.half = nil
        let patience = session.options.isSlow ? HalfRequestStep.longPatience : HalfRequestStep.patience
        await connection.readAnswer(until: since.adding(nanoseconds: patience))
        let isHeld = connection.answer == .silence
        await connection.close()
        let held = session.lines.now().since(since)
        let exchange = connection.transcript.lines
        return [ConnectionLimitJudge.judge(half: isHeld ? nil : .silence, held: held, exchange)]
    }
}
