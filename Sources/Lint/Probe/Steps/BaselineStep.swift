import Connection
import Wire

/// A good client comes and asks for a sign of life: is the 101 good, are Pings answered?
struct BaselineStep: ProbeStep {
    let name = "a good handshake, and Pings"
    let rules: [RuleCode] = ["L03", "H01", "H02", "H07", "H09"]
    let cost = ProbeCost(connections: 1, seconds: 20)

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome] {
        let connection = try await open(session)
        guard case .head(let head) = connection.answer else { return [] }
        let handshake = AnswerJudge.judge(head, to: connection.request, connection.transcript.lines)
        let pings = try await ping(connection, session)
        await connection.leave()
        return handshake + [pings]
    }

    private func open(_ session: ProbeSession) async throws -> ProbeConnection {
        let connection: ProbeConnection
        do {
            connection = try await session.open(session.request(), patience: 10)
        } catch ProbeStop.harmed(let why) {
            throw ProbeStop.unfit(why: why, advice: "start the server, and check the URL")
        }
        guard connection.answer.isSwitch else {
            await connection.close()
            throw unfit(connection)
        }
        return connection
    }

    private func unfit(_ connection: ProbeConnection) -> ProbeStop {
        switch connection.answer {
        case .head(let head):
            let why = OpeningHandshake.refusal(in: head, to: connection.request) ?? connection.answer.words
            let advice =
                switch head.status {
                case 401, 403: "give what a good client sends: -H 'Name: value', --origin, --subprotocol"
                case 404: "check the path"
                default: "check the URL, and what the server wants: -H 'Name: value', --origin, --subprotocol"
                }
            return .unfit(why: "the server answered \(why)", advice: advice)
        case .notHTTP: return .unfit(why: "the answer is no HTTP", advice: "check the port, and whether it is wss")
        case .ended(let end):
            return .unfit(why: "no answer to the request: \(end.words)", advice: "check the port, and ws or wss")
        case .silence:
            return .unfit(why: "no answer to the request in time", advice: "check that it is a WebSocket server")
        }
    }

    /// Without payload, with a short one, and with the longest.
    private func ping(_ connection: ProbeConnection, _ session: ProbeSession) async throws -> ProbeOutcome {
        for size in [0, 8, 125] {
            let start = session.lines.now()
            let wait = min(session.seconds("L03", "wait", or: 20), 8)
            let reply = try await connection.ping(session.bytes(size), until: session.deadline(wait))
            if case .pong = reply { continue }
            session.facts.answersPings = false
            let waited = session.lines.now().since(start)
            return PingJudge.judge(reply, size: size, waited: waited, connection.transcript.lines)
        }
        return .pass("L03")
    }
}
