import Connection
import Wire

/// M04: two hundred messages in a second.
struct RateStep: ProbeStep {
    let name = "many messages in 1 s"
    let rules: [RuleCode] = ["M04"]
    let cost = ProbeCost(connections: 1, seconds: 10)

    private static let batches = 20

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let connection = try await session.connection()
        var burst = RateJudge.Burst(messages: session.count("M04", "messages", or: 200))
        if case .pong(let time) = try await connection.ping(until: session.deadline(2)) { burst.before = time }
        let first = session.message.numbered(1)
        try await connection.send(.text, first, words: session.message.words, until: session.deadline(1))
        try await listen(connection, until: session.deadline(0.3), &burst)
        burst.endedAtFirst = burst.end != nil
        if !burst.endedAtFirst { try await send(connection, session, &burst) }
        let factor = session.ratio("M04", "factor", or: 2)
        let outcome = RateJudge.judge(burst, factor: factor, connection.transcript.lines)
        await connection.leave()
        return [outcome]
    }

    private func send(
        _ connection: ProbeConnection, _ session: ProbeSession, _ burst: inout RateJudge.Burst
    ) async throws {
        connection.transcript.sent("\(burst.messages - 1) more texts within 1 s")
        let start = session.lines.now()
        let size = max(burst.messages / RateStep.batches, 1)
        for batch in 0..<RateStep.batches where burst.end == nil {
            for number in 0..<size where batch + number > 0 {
                let message = session.message.numbered(batch * size + number + 1)
                let sent = try await connection.send(.text, message, words: nil, until: session.deadline(1))
                if sent != .all { burst.isStalled = true }
            }
            let due = start.adding(nanoseconds: Int64(batch + 1) * 1_000_000_000 / Int64(RateStep.batches))
            try await listen(connection, until: due, &burst)
        }
        guard burst.end == nil, !burst.isStalled else { return }
        burst.last = try await connection.ping(until: session.deadline(5)) { frame in burst.hear(frame) }
    }

    private func listen(
        _ connection: ProbeConnection, until deadline: Timestamp, _ burst: inout RateJudge.Burst
    ) async throws {
        while true {
            switch try await connection.next(until: deadline) {
            case .frame(let frame) where frame.header.opcode == .close:
                burst.end = .close(ClosePayload(frame.payload.span))
                return
            case .frame(let frame): burst.hear(frame)
            case .ended(let end):
                burst.end = .ended(end)
                return
            case .silence: return
            }
        }
    }
}
