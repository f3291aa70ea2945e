import Connection

/// H11: a request with very many header fields, a very long one, and one that is slow to parse.
struct HeaderCostStep: ProbeStep {
    let name = "large requests"
    let rules: [RuleCode] = ["H11"]
    let cost = ProbeCost(connections: 4, seconds: 20)

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let count = session.count("H11", "headers", or: 200)
        let many = try await ask(session, "\(count) header fields") { request in
            for number in 1...max(count, 1) { request.append("X-Probe-\(number)", "1") }
        }
        let size = session.count("H11", "headerBytes", or: 64 << 10)
        let long = try await ask(session, "a header field of \(Words.bytes(size))") { request in
            request.append("X-Probe", String(repeating: "a", count: max(size, 1)))
        }
        let found = [
            HeaderCostJudge.judge(many.answer, "\(count) header fields", subject: "count", many.exchange),
            HeaderCostJudge.judge(
                long.answer, "a header field of \(Words.bytes(size))", subject: "size", long.exchange),
            try await spaces(in: "Sec-WebSocket-Protocol", session),
            try await spaces(in: "Sec-WebSocket-Extensions", session),
        ].filter(\.isFinding)
        return found.isEmpty ? [.pass("H11")] : found
    }

    /// Twice the length, more than three times the time: a parser that goes back and forth. Most servers need one
    /// request to show that they are none of these; only of the others the best of three is taken.
    private func spaces(in field: String, _ session: ProbeSession) async throws -> ProbeOutcome {
        let growth = session.ratio("H11", "growth", or: 3)
        let slow = Int64(session.seconds("H11", "parse", or: 0.25) * 1e9)
        var long = try await parse(14_000, field, session)
        guard long.time > slow else { return .pass("H11") }
        var short = try await parse(7000, field, session)
        for _ in 1...2 where HeaderCostJudge.isSlow(short.time, long.time, growth: growth, slow: slow) {
            short = min(short, try await parse(7000, field, session)) { $0.time }
            long = min(long, try await parse(14_000, field, session)) { $0.time }
        }
        return HeaderCostJudge.judge(
            short: short.time, long: long.time, field: field, growth: growth, slow: slow, long.exchange)
    }

    private typealias Asked = (answer: HandshakeAnswer, time: Int64, exchange: [String])

    private func min(_ left: Asked, _ right: Asked, by time: (Asked) -> Int64) -> Asked {
        time(right) < time(left) ? right : left
    }

    private func parse(_ count: Int, _ field: String, _ session: ProbeSession) async throws -> Asked {
        try await ask(session, "\(count) spaces in \(field)") { request in
            request.drop(field)
            request.append(field, "a" + String(repeating: " ", count: count) + "b")
        }
    }

    private func ask(
        _ session: ProbeSession, _ words: String, _ change: (inout ProbeRequest) -> Void
    ) async throws -> Asked {
        var request = session.request()
        change(&request)
        request.say(words)
        let start = session.lines.now()
        let connection = try await session.open(
            request, patience: Swift.min(session.seconds("H11", "answer", or: 5), 5))
        let time = session.lines.now().since(start)
        await connection.close()
        return (connection.answer, time, connection.transcript.lines)
    }
}
