import Connection
import Wire

/// L04: Pings on one connection while the server is busy with another's message.
struct SlowPongStep: ProbeStep {
    let name = "Pings beside a heavy message"
    let rules: [RuleCode] = ["L04"]
    let cost = ProbeCost(connections: 2, seconds: 10)

    private static let interval = 0.1

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        guard session.facts.answersPings else { return [.notApplicable("L04", "the server answers no Pings")] }
        let quiet = try await session.connection()
        let busy = try await session.connection()
        var pings = PongTimes()
        try await pings.measure(quiet, beside: nil, for: 0.5, every: SlowPongStep.interval, session)
        let median = pings.median ?? 0
        let text = session.options.heavy.map { Array($0.utf8) } ?? session.message.long(1 << 20)
        let words = session.options.heavy == nil ? "message of 1 MiB" : "heavy message of \(Words.bytes(text.count))"
        quiet.transcript.note("on another connection a \(words)")
        try await busy.send(.text, text, words: words, until: session.deadline(2))
        var loaded = PongTimes()
        let seconds = session.options.heavy == nil ? 1.0 : 3.0
        try await loaded.measure(quiet, beside: busy, for: seconds, every: SlowPongStep.interval, session)
        let outcome = SlowPongJudge.judge(
            loaded.times, median: median, while: words, session.thresholds, quiet.transcript.lines)
        await busy.close()
        await quiet.leave()
        return [outcome]
    }
}

extension ProbeSession {
    fileprivate var thresholds: SlowPongJudge.Limits {
        SlowPongJudge.Limits(
            warning: Int64(seconds("L04", "slow", or: 1) * 1e9), error: Int64(seconds("L04", "broken", or: 5) * 1e9),
            factor: ratio("L04", "factor", or: 5))
    }
}

/// How long Pings took.
struct PongTimes {
    /// Nanoseconds; of those without a Pong, how long they were waited for.
    private(set) var times: [Int64] = []
    private var pending: [(payload: [UInt8], sent: Timestamp)] = []

    var median: Int64? { times.isEmpty ? nil : times.sorted()[times.count / 2] }

    /// Pings, whether the one before is answered or not, then waits for the last Pong.
    /// - Parameter busy: Another connection, whose messages are taken meanwhile.
    mutating func measure(
        _ connection: ProbeConnection, beside busy: ProbeConnection?, for seconds: Double, every interval: Double,
        _ session: ProbeSession
    ) async throws {
        let start = session.lines.now()
        let count = Int(seconds / interval)
        for number in 0..<count {
            let payload = session.bytes(8)
            pending.append((payload, session.lines.now()))
            try await connection.send(.ping, payload, words: nil, until: session.deadline(1))
            let due = start.adding(nanoseconds: Int64(Double(number + 1) * interval * 1e9))
            guard try await listen(connection, until: min(due, session.deadline(interval)), session) else { return }
            while let busy, case .frame = try await busy.next(until: session.lines.now()) {}
        }
        let last = session.deadline(5.5)
        while !pending.isEmpty, session.lines.now() < last {
            let soon = min(last, session.deadline(0.1))
            guard try await listen(connection, until: soon, isLast: true, session) else { return }
            while let busy, case .frame = try await busy.next(until: session.lines.now()) {}
        }
        times += pending.map { session.lines.now().since($0.sent) }
        pending = []
    }

    /// - Returns: False where the connection is over.
    private mutating func listen(
        _ connection: ProbeConnection, until deadline: Timestamp, isLast: Bool = false, _ session: ProbeSession
    ) async throws -> Bool {
        while true {
            switch try await connection.next(until: deadline) {
            case .frame(let frame):
                // "an endpoint … MAY elect to send a Pong frame for only the most recently processed Ping", §5.5.3.
                if let index = pending.lastIndex(where: { $0.payload == frame.payload }) {
                    times += pending[...index].map { frame.time.since($0.sent) }
                    pending.removeSubrange(...index)
                }
                if isLast, pending.isEmpty { return true }
            case .silence: return true
            case .ended: return false
            }
        }
    }
}
