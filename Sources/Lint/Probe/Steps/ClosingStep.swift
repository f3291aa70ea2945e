import Wire

/// C02: the closing handshake, RFC 6455 §7.1.
struct ClosingStep: ProbeStep {
    let name = "the closing handshake"
    let rules: [RuleCode] = ["C02"]
    let cost = ProbeCost(connections: 1, seconds: 16)

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let answer = min(session.seconds("C02", "answer", or: 10), 10)
        let hold = min(session.seconds("C02", "hold", or: 5), 5)
        let connection = try await session.connection()
        let payload = ClosePayload(.normalClosure)
        try await connection.send(.close, payload.bytes, words: payload.words, until: session.deadline(1))
        let reply = try await connection.ending(until: session.deadline(answer))
        var end: LineEnd?
        if case .close = reply {
            _ = try await connection.drain(until: session.deadline(hold))
            end = connection.end
        }
        let exchange = connection.transcript.lines
        await connection.close()
        return [ClosingJudge.judge(reply, end, answer: answer, hold: hold, exchange)]
    }
}
