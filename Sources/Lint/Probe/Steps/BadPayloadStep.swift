import Wire

/// D01: messages that no parser should fall over.
struct BadPayloadStep: ProbeStep {
    let name = "messages with bad content"
    let rules: [RuleCode] = ["D01", "D03"]
    let cost = ProbeCost(connections: 3, seconds: 10)

    private static let messages: [(name: String, bytes: [UInt8])] = [
        ("broken JSON", Array(#"{"type":"ws101-probe","#.utf8)),
        ("JSON of wrong types", Array(#"{"type":42,"id":{},"text":[null]}"#.utf8)),
        ("an unknown type of message", Array(#"{"type":"ws101-no-such-type","action":"ws101-no-such-action"}"#.utf8)),
        ("JSON of depth 1000", [UInt8](repeating: 0x5b, count: 1000) + [UInt8](repeating: 0x5d, count: 1000)),
        (
            "the key __proto__",
            Array(#"{"__proto__":{"probe":1},"constructor":{"prototype":{"probe":1}}}"#.utf8)
        ),
        ("a NUL byte", Array("{\"type\":\"ws101\u{0}probe\"}".utf8)),
    ]

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        var outcomes: [ProbeOutcome] = []
        var used = 0
        var open: ProbeConnection?
        for message in BadPayloadStep.messages {
            guard open != nil || used < cost.connections else { break }
            if open == nil { used += 1 }
            let connection: ProbeConnection
            if let open { connection = open } else { connection = try await session.connection() }
            let bytes = message.bytes
            try await connection.send(.text, bytes, words: "text: \(message.name)", until: session.deadline(1))
            let reply = try await connection.ping(until: session.deadline(2))
            outcomes.append(PayloadJudge.judge(reply, to: message.name, connection.transcript.lines))
            open = reply.isAnswer ? connection : nil
            if open == nil { await connection.close() }
        }
        await open?.leave()
        let found = outcomes.filter(\.isFinding)
        return found.isEmpty ? [outcomes.contains(.pass("D01")) ? .pass("D01") : outcomes[0]] : found
    }
}
