import Connection
import Wire

/// M02: a message of very many tiny fragments that never ends.
enum EndlessMessage {
    /// Frames that are sent in one go.
    private static let batch = 500

    static func begin(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let count = session.count("M02", "fragments", or: 20_000)
        let connection = try await session.connection()
        connection.transcript.sent("text, 1 B, without FIN; then continuations of 1 B, \(count) frames in all")
        var sent = LineSent.all
        var reply = Reply.silence
        for start in stride(from: 0, to: count, by: batch) where reply == .silence && sent == .all {
            let bytes = (start..<min(start + batch, count)).flatMap { index in
                ClientFrame.bytes(index == 0 ? .text : .continuation, [0x20], fin: false, key: session.maskingKey())
            }
            sent = try await connection.send(bytes, nil, until: session.deadline(2))
            reply = try await connection.ending(until: session.lines.now())
        }
        if reply == .silence { reply = try await connection.ping(until: session.deadline(3)) }
        guard reply.isAnswer else {
            await connection.close()
            return [FragmentJudge.judge(reply, count: count, held: 0, connection.transcript.lines)]
        }
        session.facts.pending["M02"] = ProbeFacts.Pending(connection: connection, since: session.lines.now())
        return []
    }

    static func end(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        guard let pending = session.facts.pending.removeValue(forKey: "M02") else { return [] }
        let connection = pending.connection
        let count = session.count("M02", "fragments", or: 20_000)
        let hold = session.seconds("M02", "hold", or: 10)
        let due = pending.since.adding(nanoseconds: Int64(hold * 1e9))
        var reply = try await connection.ending(until: min(due, session.deadline(12)))
        if reply == .silence { reply = try await connection.ping(until: session.deadline(2)) }
        let held = session.lines.now().since(pending.since)
        await connection.close()
        return [FragmentJudge.judge(reply, count: count, held: held, connection.transcript.lines)]
    }
}
