/// S03, S04: a page of another site, and names that resemble the good one.
struct OriginStep: ProbeStep {
    let name = "foreign Origins"
    let rules: [RuleCode] = ["S03", "S04", "S05"]
    let cost = ProbeCost(connections: 9, seconds: 10)

    private static let evil = "https://evil.example"

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let (answer, exchange) = try await ask(OriginStep.evil, session)
        if answer == .silence {
            return [.notApplicable("S03", "no answer in time"), .notApplicable("S04", "no answer in time")]
        }
        if answer.isSwitch {
            return [
                .finding(
                    "S03", "a page of \(OriginStep.evil) is let in", severity: severity(session), exchange),
                .notApplicable("S04", "every Origin is let in"),
            ]
        }
        return [.pass("S03")] + (session.isOn("S04") ? try await variants(session) : [])
    }

    /// A browser adds cookies by itself; a page that must add a token has none of another site's.
    private func severity(_ session: ProbeSession) -> Severity {
        let names = session.options.headers.map { $0.name.lowercased() }
        if names.contains("cookie") { return .error }
        return names.contains("authorization") ? .note : .warning
    }

    private func variants(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let good = try await goodOrigin(session)
        var outcomes: [ProbeOutcome] = []
        for variant in OriginVariant.all(of: good) {
            let (answer, exchange) = try await ask(variant.origin, session)
            guard answer.isSwitch else { continue }
            let origin = Transcript.quote(variant.origin)
            outcomes.append(
                .finding(
                    "S04", "\(OriginStep.evil) is refused, but \(origin) is let in", subject: variant.name, exchange))
        }
        if !outcomes.isEmpty { return outcomes }
        return [good == nil ? .notApplicable("S04", "no Origin is known that is let in: give --origin") : .pass("S04")]
    }

    /// One that the server lets in.
    private func goodOrigin(_ session: ProbeSession) async throws -> String? {
        if let origin = session.options.origin { return origin }
        let own = session.target.ownOrigin
        return try await ask(own, session).answer.isSwitch ? own : nil
    }

    private func ask(
        _ origin: String, _ session: ProbeSession
    ) async throws -> (answer: HandshakeAnswer, exchange: [String]) {
        var request = session.request()
        request.set("Origin", origin)
        let connection = try await session.open(request, patience: 1.5)
        await connection.leave()
        return (connection.answer, connection.transcript.lines)
    }
}
