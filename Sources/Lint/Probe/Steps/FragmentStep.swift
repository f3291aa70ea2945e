import Wire

/// M02: a message of very many tiny fragments that never ends.
struct FragmentStep: ProbeStep {
    let rules: [RuleCode] = ["M02"]
    let name = "a message of 20,000 fragments"
    let cost = ProbeCost(connections: 1, seconds: 10)

    private static let fragments = 20_000
    private static let batches = 40

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let connection = try await session.connection()
        connection.transcript.sent("text, 1 B, without FIN; then \(FragmentStep.fragments) continuations of 1 B")
        var reply = Reply.silence
        for batch in 0..<FragmentStep.batches where reply == .silence {
            let bytes = fragments(first: batch == 0, session)
            let sent = try await connection.send(bytes, nil, until: session.deadline(2))
            reply = try await connection.ending(until: session.lines.now())
            if sent != .all { break }
        }
        if reply == .silence { reply = try await connection.ping(until: session.deadline(3)) }
        let exchange = connection.transcript.lines
        await connection.close()
        return [FragmentJudge.judge(reply, count: FragmentStep.fragments, exchange)]
    }

    private func fragments(first: Bool, _ session: ProbeSession) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in 0..<(FragmentStep.fragments / FragmentStep.batches) {
            let opcode: Opcode = first && index == 0 ? .text : .continuation
            bytes += ClientFrame.bytes(opcode, [0x20], fin: false, key: session.maskingKey())
        }
        return bytes
    }
}
