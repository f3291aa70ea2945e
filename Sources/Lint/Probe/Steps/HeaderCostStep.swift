import Connection

/// H11: a request with very many header fields, a very long one, and one that is slow to parse.
struct HeaderCostStep: ProbeStep {
    let name = "large requests"
    let rules: [RuleCode] = ["H11"]
    let cost = ProbeCost(connections: 5, seconds: 10)

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let many = try await ask(session, "200 header fields") { request in
            for number in 1...200 { request.append("X-Probe-\(number)", "1") }
        }
        let long = try await ask(session, "a header field of 64 KiB") { request in
            request.append("X-Probe", String(repeating: "a", count: 65_536))
        }
        let found = [
            HeaderCostJudge.judge(many.answer, "200 header fields", subject: "count", many.exchange),
            HeaderCostJudge.judge(long.answer, "a header field of 64 KiB", subject: "size", long.exchange),
            try await spaces(session),
        ].filter(\.isFinding)
        return found.isEmpty ? [.pass("H11")] : found
    }

    /// Twice the length, more than three times the time: a parser that goes back and forth.
    private func spaces(_ session: ProbeSession) async throws -> ProbeOutcome {
        let long = try await parse(14_000, session)
        guard long.time > HeaderCostJudge.slow else { return .pass("H11") }
        let short = try await parse(7000, session)
        let again = try await parse(14_000, session)
        return HeaderCostJudge.judge(short: short.time, long: min(long.time, again.time), again.exchange)
    }

    private func parse(
        _ count: Int, _ session: ProbeSession
    ) async throws -> (answer: HandshakeAnswer, time: Int64, exchange: [String]) {
        try await ask(session, "\(count) spaces in Sec-WebSocket-Protocol") { request in
            request.drop("Sec-WebSocket-Protocol")
            request.append("Sec-WebSocket-Protocol", "a" + String(repeating: " ", count: count) + "b")
        }
    }

    private func ask(
        _ session: ProbeSession, _ words: String, _ change: (inout ProbeRequest) -> Void
    ) async throws -> (answer: HandshakeAnswer, time: Int64, exchange: [String]) {
        var request = session.request()
        change(&request)
        request.say(words)
        let start = session.lines.now()
        let connection = try await session.open(request, patience: 3)
        let time = session.lines.now().since(start)
        await connection.close()
        return (connection.answer, time, connection.transcript.lines)
    }
}
