import Connection
import Wire

/// M01: longer and longer messages, until the server has had enough.
struct MessageSizeStep: ProbeStep {
    let name = "messages of 64 KiB, 1 MiB and 16 MiB"
    let rules: [RuleCode] = ["M01", "C04"]
    let cost = ProbeCost(connections: 1, seconds: 10)

    private static let piece = 256 << 10

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let limits = MessageSizeJudge.Limits(
            warning: session.count("M01", "warn", or: 1 << 20), error: session.count("M01", "fail", or: 16 << 20))
        let connection = try await session.connection()
        var taken = 0
        var last = Reply.silence
        for size in limits.sizes {
            last = try await send(size, connection, session)
            guard last.isAnswer else { break }
            taken = size
        }
        let exchange = connection.transcript.lines
        await connection.close()
        return MessageSizeJudge.judge(taken: taken, last, limits, exchange)
    }

    /// - Returns: To the message, or to the Ping behind it.
    private func send(
        _ size: Int, _ connection: ProbeConnection, _ session: ProbeSession
    ) async throws -> Reply {
        let words = "text, \(Words.bytes(size))" + (size % 1024 == 1 ? " and 1 B" : "")
        let frame = ClientFrame.bytes(.text, session.message.long(size), key: session.maskingKey())
        connection.transcript.sent(words)
        for start in stride(from: 0, to: frame.count, by: MessageSizeStep.piece) {
            let piece = Array(frame[start..<min(start + MessageSizeStep.piece, frame.count)])
            let sent = try await connection.send(piece, nil, until: session.deadline(3))
            let reply = try await connection.ending(until: session.lines.now())
            if reply != .silence { return reply }
            // Whoever stopped reading may say why.
            if sent != .all { return try await connection.ending(until: session.deadline(2)) }
        }
        return try await connection.ping(until: session.deadline(5))
    }
}
