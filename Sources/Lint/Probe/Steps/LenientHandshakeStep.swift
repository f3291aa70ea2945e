import Wire

/// H10: requests that are no opening handshake, RFC 6455 §4.2.1.
struct LenientHandshakeStep: ProbeStep {
    let name = "requests that are no handshake"
    let rules: [RuleCode] = ["H10"]
    let cost = ProbeCost(connections: 5, seconds: 11)

    private struct Fault: Sendable {
        let name: String
        let make: @Sendable (inout ProbeRequest) -> Void
    }

    private static let faults = [
        Fault(name: "POST instead of GET") { $0.method = "POST" },
        Fault(name: "HTTP/1.0") { $0.version = "HTTP/1.0" },
        Fault(name: "no Sec-WebSocket-Key") { $0.remove("Sec-WebSocket-Key") },
        Fault(name: "a key of 5 bytes") { $0.set("Sec-WebSocket-Key", "d3MxMDE=") },
        Fault(name: "no Upgrade") { $0.remove("Upgrade") },
    ]

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        var outcomes: [ProbeOutcome] = []
        for fault in LenientHandshakeStep.faults {
            var request = session.request()
            fault.make(&request)
            let connection = try await session.open(request, patience: min(session.seconds("H10", "answer", or: 2), 2))
            await connection.close()
            outcomes.append(LenientJudge.judge(connection.answer, to: fault.name, connection.transcript.lines))
        }
        let found = outcomes.filter(\.isFinding)
        return found.isEmpty ? [.pass("H10")] : found
    }
}
