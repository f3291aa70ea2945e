import Connection
import Wire

/// L01: a silent connection, for longer than proxies allow.
struct HeartbeatStep: ProbeStep {
    let name = "65 s of silence"
    let rules: [RuleCode] = ["L01"]
    let cost = ProbeCost(connections: 1, seconds: 75)

    private static let silence = 65.0

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        guard session.options.isSlow else { return [.notApplicable("L01", "takes a minute: --slow")] }
        let connection = try await session.connection()
        let end = session.deadline(HeartbeatStep.silence)
        var last = session.lines.now()
        var longest: Int64 = 0
        while true {
            let heard = try await connection.next(until: end)
            let now = session.lines.now()
            longest = max(longest, now.since(last))
            last = now
            if case .frame(let frame) = heard, !frame.header.isControl { continue }
            let exchange = connection.transcript.lines
            await connection.leave()
            return [SilenceJudge.judge(heard, longest: longest, gap: gap(session), exchange)]
        }
    }

    private func gap(_ session: ProbeSession) -> Int64 { Int64(session.seconds("L01", "gap", or: 45) * 1e9) }
}
