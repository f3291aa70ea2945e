import Wire

/// H04, H07, H09: what the server makes of a version, a subprotocol and extensions that nobody should agree to.
struct NegotiationStep: ProbeStep {
    let name = "version, subprotocol and extensions"
    let rules: [RuleCode] = ["H04", "H07", "H09"]
    let cost = ProbeCost(connections: 4, seconds: 10)

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        var outcomes: [ProbeOutcome] = []
        if session.isOn("H04") { outcomes.append(try await version(session)) }
        if session.isOn("H07") { outcomes.append(try await subprotocol(session)) }
        return try await outcomes + extensions(session)
    }

    private func version(_ session: ProbeSession) async throws -> ProbeOutcome {
        let connection = try await ask(session) { $0.set("Sec-WebSocket-Version", "7") }
        return NegotiationJudge.version(connection.answer, connection.transcript.lines)
    }

    private func subprotocol(_ session: ProbeSession) async throws -> ProbeOutcome {
        let name = "ws101-" + session.bytes(4).map { String($0, radix: 16) }.joined()
        let connection = try await ask(session) { $0.set("Sec-WebSocket-Protocol", name) }
        return NegotiationJudge.subprotocol(connection.answer, offered: name, connection.transcript.lines)
    }

    private func extensions(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let bad = try await ask(session) { $0.set("Sec-WebSocket-Extensions", NegotiationJudge.badOffer) }
        let good = try await ask(session) { $0.set("Sec-WebSocket-Extensions", NegotiationJudge.windowOffer) }
        if case .head(let head) = good.answer, good.answer.isSwitch {
            session.facts.deflates = head.tokens("Sec-WebSocket-Extensions").contains {
                $0.hasPrefix("permessage-deflate")
            }
        }
        return [
            NegotiationJudge.badOffers(bad.answer, bad.transcript.lines),
            NegotiationJudge.window(good.answer, good.transcript.lines),
        ]
    }

    private func ask(
        _ session: ProbeSession, _ change: (inout ProbeRequest) -> Void
    ) async throws -> ProbeConnection {
        var request = session.request()
        change(&request)
        let connection = try await session.open(request, patience: session.seconds("H04", "answer", or: 2))
        if let chosen = connection.chosen { connection.transcript.note(chosen) }
        await connection.leave()
        return connection
    }
}

extension ProbeConnection {
    /// What the server chose, for the transcript.
    fileprivate var chosen: String? {
        guard case .head(let head) = answer else { return nil }
        let names = ["Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"]
        let fields = names.flatMap { name in head.values(name).map { "\(name): \(Transcript.cut($0))" } }
        return fields.isEmpty ? nil : fields.joined(separator: ", ")
    }
}
