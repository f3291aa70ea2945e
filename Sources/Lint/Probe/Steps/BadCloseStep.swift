import Wire

/// C03: bodies that a Close must not have, RFC 6455 §5.5.1 and §7.4.
struct BadCloseStep: ProbeStep {
    let name = "Closes with a bad body"
    let rules: [RuleCode] = ["C03", "C04"]
    let cost = ProbeCost(connections: 3, seconds: 10)

    private static let bodies: [ClosePayload] = [
        .truncated(0x03), .status(999, reason: []), .status(.noStatusReceived, reason: []),
    ]

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        var outcomes: [ProbeOutcome] = []
        for body in BadCloseStep.bodies {
            let connection = try await session.connection()
            try await connection.send(.close, body.bytes, words: body.words, until: session.deadline(1))
            let reply = try await connection.ending(until: session.deadline(2))
            let exchange = connection.transcript.lines
            await connection.close()
            outcomes += BadCloseJudge.judge(reply, to: body, exchange)
        }
        return outcomes
    }
}
