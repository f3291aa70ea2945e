import Connection

/// M05: a request that begins and never ends.
enum HalfRequest {
    /// Seconds. Servers that give a client ten for its request are good, and not always on time.
    private static let patience = 12.0

    static func begin(_ session: ProbeSession) async throws {
        let request = session.request()
        let connection = try await session.openLine(request)
        let half = Array(request.bytes.prefix(request.bytes.count / 2))
        try await connection.send(half, "half a request, \(Words.bytes(half.count))", until: session.deadline(2))
        session.facts.pending["M05"] = ProbeFacts.Pending(connection: connection, since: session.lines.now())
    }

    static func end(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        guard let pending = session.facts.pending.removeValue(forKey: "M05") else { return [] }
        let limit = session.seconds("M05", "header", or: 30)
        let wait = session.options.isSlow ? limit + 2 : min(limit, patience)
        await pending.connection.readAnswer(until: pending.since.adding(nanoseconds: Int64(wait * 1e9)))
        let answer = pending.connection.answer
        await pending.connection.close()
        let held = session.lines.now().since(pending.since)
        let exchange = pending.connection.transcript.lines
        return [ConnectionLimitJudge.judge(half: answer, held: held, limit: Int64(limit * 1e9), exchange)]
    }
}
