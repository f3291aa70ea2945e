/// Fxx, F12, C04: breaks the standard in one way, and looks whether the server fails the connection.
struct ViolationStep: ProbeStep {
    let violation: ViolationCase

    var name: String { violation.name }
    var rules: [RuleCode] { ["F12", violation.rule, "C04"] }
    let cost = ProbeCost(connections: 1, seconds: 8)

    /// The server's time to fail the connection before it is asked for a sign of life. A Ping right behind the violation
    /// could make it reset TCP, and its Close would be lost.
    private static let pause = 0.25

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        guard let connection = try await connection(session) else {
            return [.notApplicable(violation.rule, "the server does not agree to permessage-deflate")]
        }
        let bytes = violation.make(session.maskingKey())
        try await connection.send(bytes, violation.name, until: session.deadline(1))
        var reply = try await connection.ending(until: session.deadline(ViolationStep.pause))
        if reply == .silence {
            let deadline = session.deadline(session.seconds("F12", "answer", or: 2))
            reply =
                session.facts.answersPings
                ? try await connection.ping(until: deadline) : try await connection.ending(until: deadline)
        }
        await connection.close()
        return ViolationJudge.judge(
            violation, reply, isF12On: session.isOn("F12"), connection.transcript.lines)
    }

    private func connection(_ session: ProbeSession) async throws -> ProbeConnection? {
        guard violation.needsDeflate else { return try await session.connection() }
        return try await session.openDeflating()?.connection
    }
}
