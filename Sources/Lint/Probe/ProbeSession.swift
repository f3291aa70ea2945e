import Connection
import Wire

/// What the steps of a probe share: the connections and what they may cost, the clock, chance, and what is known of the
/// server. The one place where the budget is enforced.
package final class ProbeSession {
    package let lines: any ProbeLines
    package let target: ProbeTarget
    package let options: ProbeOptions
    package let settings: LintSettings
    package let budget: ProbeBudget
    package private(set) var use = ProbeUse()
    package var facts = ProbeFacts()

    private let began: Timestamp
    private var stepEnds: Timestamp
    private var random: any RandomNumberGenerator
    private var counted: Set<ObjectIdentifier> = []
    /// Each seen to be healthy, and not used by a step yet; the newest is the last.
    private var spares: [(connection: ProbeConnection, since: Timestamp)] = []
    /// What was spent when the server was last seen to be healthy.
    private var checked = ProbeUse()

    package init(
        _ lines: any ProbeLines, _ target: ProbeTarget, _ options: ProbeOptions, _ settings: LintSettings,
        budget: ProbeBudget, random: any RandomNumberGenerator
    ) {
        self.lines = lines
        self.target = target
        self.options = options
        self.settings = settings
        self.budget = budget
        self.random = random
        began = lines.now()
        stepEnds = began.adding(nanoseconds: 10_000_000_000)
    }

    // MARK: Time

    /// So many seconds from now, and not behind the step's end.
    func deadline(_ seconds: Double) -> Timestamp {
        min(lines.now().adding(nanoseconds: Int64(seconds * 1e9)), stepEnds)
    }

    func sleep(_ seconds: Double) async { await lines.sleep(until: deadline(seconds)) }

    /// Nanoseconds since the probe began.
    var elapsed: Int64 { lines.now().since(began) }

    // MARK: The budget

    func begin(_ cost: ProbeCost) throws {
        guard elapsed < Int64(budget.seconds) * 1_000_000_000 else {
            throw ProbeStop.budget("the probe's \(budget.seconds) s are over")
        }
        guard use.connections + cost.connections <= budget.connections else {
            throw ProbeStop.budget("the probe's \(budget.connections) connections are used up")
        }
        stepEnds = lines.now().adding(nanoseconds: Int64(cost.seconds) * 1_000_000_000)
    }

    /// Connections that may still be opened, and be open together.
    var connectionsLeft: Int { min(budget.connections - use.connections, budget.open - use.open) }

    func spend(bytes: Int) throws {
        guard use.bytes + bytes <= budget.bytes else {
            throw ProbeStop.budget("the probe's \(Words.bytes(budget.bytes)) are sent")
        }
        use.bytes += bytes
    }

    func returned(_ connection: ProbeConnection) {
        if counted.remove(ObjectIdentifier(connection)) != nil { use.open -= 1 }
    }

    package var finalUse: ProbeUse {
        var use = use
        use.nanoseconds = elapsed
        return use
    }

    // MARK: Chance

    func maskingKey() -> MaskingKey { MaskingKey(word: UInt32.random(in: .min ... .max, using: &random)) }

    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) } }

    // MARK: Connections

    /// What the probe says where the server should listen.
    var message: ProbeMessage { ProbeMessage(options.message) }

    /// What a good client asks for, with a fresh key.
    func request() -> ProbeRequest { ProbeRequest(target, options, key: Base64.encode(bytes(16))) }

    /// Opens a connection and sends the request; its `answer` says what came back.
    func open(
        _ request: ProbeRequest, _ lineOptions: LineOptions = LineOptions(), patience: Double = 3
    ) async throws -> ProbeConnection {
        let connection = try await openLine(request, lineOptions)
        try await connection.send(request.bytes, request.words, until: deadline(patience))
        await connection.readAnswer(until: deadline(patience))
        return connection
    }

    /// Opens a connection that has not said anything yet.
    func openLine(_ request: ProbeRequest, _ options: LineOptions = LineOptions()) async throws -> ProbeConnection {
        guard use.connections < budget.connections else {
            throw ProbeStop.budget("the probe's \(budget.connections) connections are used up")
        }
        guard use.open < budget.open else { throw ProbeStop.budget("\(budget.open) connections are open") }
        use.connections += 1
        do throws(LineFault) {
            let line = try await lines.open(options, until: deadline(5))
            let connection = ProbeConnection(line, request: HTTPHead(request.bytes), session: self)
            counted.insert(ObjectIdentifier(connection))
            use.open += 1
            use.mostOpen = max(use.mostOpen, use.open)
            return connection
        } catch {
            throw ProbeStop.harmed("it takes no connection: \(error.why)")
        }
    }

    /// A connection that was just seen to work: where a step begins.
    func connection() async throws -> ProbeConnection {
        while let (connection, since) = spares.popLast() {
            if lines.now().since(since) < 1_000_000_000 { return connection }
            if try await isHealthy(connection) { return connection }
            await connection.close()
        }
        return try await healthy()
    }

    /// Sees that the server serves a new client, and keeps that connection for the steps that follow. Does nothing where
    /// nothing was done to the server since.
    package func check() async throws {
        guard use.connections != checked.connections || use.bytes != checked.bytes else { return }
        stepEnds = lines.now().adding(nanoseconds: 10_000_000_000)
        spares.append((try await healthy(), lines.now()))
        checked = use
    }

    /// Connections that are open although no step uses them.
    var idle: Int { spares.count { $0.connection.end == nil } }

    package func end() async {
        for spare in spares { await spare.connection.leave() }
        spares = []
    }

    /// What was heard from the server, for what is judged over all of it.
    func heard(_ frame: HeardFrame) { facts.hear(frame) }
}
