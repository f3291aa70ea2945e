import Wire

/// M05: fifty connections of nobody in particular.
struct ConnectionLimitStep: ProbeStep {
    let name = "many connections at once"
    let rules: [RuleCode] = ["M05"]
    let cost = ProbeCost(connections: 10, seconds: 10)

    /// For the looks at the server's health behind this step.
    private static let reserve = 4

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let wanted = session.count("M05", "connections", or: 50)
        // Where a good client needs no credentials, those that are open already count.
        let isOpen = session.request().withoutCredentials(session.options) == nil
        let idle = isOpen ? session.idle : 0
        let count = min(wanted - idle, session.connectionsLeft - ConnectionLimitStep.reserve)
        var open: [ProbeConnection] = []
        var refusal: ProbeConnection?
        while open.count < count, refusal == nil {
            let request = session.request()
            let connection = try await session.open(request.withoutCredentials(session.options) ?? request)
            if connection.answer.isSwitch { open.append(connection) } else { refusal = connection }
        }
        for connection in open { await connection.close() }
        await refusal?.close()
        let answer = refusal?.answer
        let exchange = (refusal ?? open.last)?.transcript.lines ?? []
        return [ConnectionLimitJudge.judge(accepted: open.count + idle, wanted: wanted, answer, exchange)]
    }
}
