import Wire

/// S01: a good client without anything that says who it is.
struct NoAuthStep: ProbeStep {
    let name = "a client without credentials"
    let rules: [RuleCode] = ["S01", "S05"]
    let cost = ProbeCost(connections: 2, seconds: 10)

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        if session.traits("S01").isPublic { return [.notApplicable("S01", "the endpoint is public")] }
        let connection = try await open(session)
        guard connection.answer.isSwitch else {
            await connection.close()
            return [.pass("S01")]
        }
        let welcome = try await observe(connection, session)
        let outcome = AuthJudge.judge(welcome, connection.transcript.lines)
        await connection.leave()
        return [outcome]
    }

    private func open(_ session: ProbeSession) async throws -> ProbeConnection {
        let request = session.request()
        guard let bare = request.withoutCredentials(session.options) else { return try await session.connection() }
        return try await session.open(bare)
    }

    /// What the server says to a stranger: by itself, then to a message, then when the time for a login is over.
    private func observe(_ connection: ProbeConnection, _ session: ProbeSession) async throws -> AuthJudge.Welcome {
        let first = try await connection.reaction(until: session.deadline(0.5))
        if first != .silence { return .said(first) }
        let message = session.message
        try await connection.send(.text, message.hello, words: message.words, until: session.deadline(1))
        let reply = try await connection.reaction(until: session.deadline(1))
        if reply != .silence { return .said(reply) }
        let window = session.seconds("S01", "window", or: 5)
        let late = try await connection.reaction(until: session.deadline(min(window, 6) + 1))
        guard late == .silence else { return .said(late) }
        let ping = try await connection.ping(until: session.deadline(2))
        return .worksAfter(seconds: min(window, 6) + 2, ping)
    }
}

extension ProbeRequest {
    /// The same without whatever the user gave for it, and without what looks like a credential.
    /// - Returns: Nil where there is nothing to leave out.
    func withoutCredentials(_ options: ProbeOptions) -> ProbeRequest? {
        guard !options.headers.isEmpty || !Credential.all(in: HTTPHead(bytes)).isEmpty else { return nil }
        var bare = self
        for header in options.headers { bare.drop(header.name) }
        let subprotocols = options.subprotocols.filter { !Credential.isSecret(protocol: $0) }
        if subprotocols.count < options.subprotocols.count {
            bare.drop("Sec-WebSocket-Protocol")
            if !subprotocols.isEmpty { bare.append("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", ")) }
        }
        bare.target = Credential.withoutSecrets(target)
        bare.say("without credentials")
        return bare
    }
}

extension Credential {
    /// The target without those items of its query that may be credentials.
    static func withoutSecrets(_ target: String) -> String {
        guard let mark = target.firstIndex(of: "?") else { return target }
        let items = target[target.index(after: mark)...].split(separator: "&")
        let kept = items.filter { all(in: HTTPHead(Array("GET /?\($0) HTTP/1.1\r\n\r\n".utf8))).isEmpty }
        return target[..<mark] + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
    }
}
