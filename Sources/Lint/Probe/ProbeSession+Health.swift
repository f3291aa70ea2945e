import Connection

/// Whether the server serves a new client: a good handshake, and a Ping answered.
extension ProbeSession {
    /// Seconds before the second and the third try: a server may need a moment to tidy up.
    private static let pauses = [0.3, 1.5]

    func healthy() async throws -> ProbeConnection {
        var stop = ProbeStop.harmed("it does not answer")
        for pause in [0] + ProbeSession.pauses {
            if pause > 0 { await sleep(pause) }
            do {
                return try await tryHealth()
            } catch let reason as ProbeStop {
                if case .budget = reason { throw reason }
                stop = reason
            }
        }
        throw stop
    }

    private func tryHealth() async throws -> ProbeConnection {
        let connection = try await open(request())
        guard connection.answer.isSwitch else {
            await connection.close()
            if let status = connection.answer.status {
                throw ProbeStop.refused("it answered a new client with \(status)")
            }
            throw ProbeStop.harmed("to a new client's handshake: \(connection.answer.words)")
        }
        if try await isHealthy(connection) { return connection }
        await connection.close()
        throw ProbeStop.harmed("to a new client's Ping: \(connection.end?.words ?? "no Pong")")
    }

    /// Whether the connection works: its Ping is answered.
    func isHealthy(_ connection: ProbeConnection) async throws -> Bool {
        guard facts.answersPings else { return connection.end == nil }
        guard case .pong = try await connection.ping(until: deadline(3)) else { return false }
        return true
    }
}
