import Transport

/// Something of a lab that makes connections: a hand, a script, a client of the zoo.
protocol LabParty: Sendable {
    /// Does what a line says. Returns when that is done, as far as it can be said.
    func type(_ line: String) async
    /// Ends its connections.
    func stop() async
}

/// Something of a lab that others connect to.
protocol LabServer: Sendable {
    /// Where it listens.
    var address: HostPort { get async }
    func stop() async
    /// Cuts its connections without a Close, and is gone.
    func kill() async
    /// Tells its clients 1001, and is gone.
    func drain() async
    /// Comes back, where it was.
    func start() async throws(TransportError)
    /// Comes back with that switch set.
    func set(_ name: String, _ value: String) async throws(LabProblem)
}

/// Why a lab cannot do what it is to do, for a person.
struct LabProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
    init(_ error: TransportError) { description = error.description }
}

/// Where what a stage has to say goes: a line for the learner. Called from anywhere.
typealias LabVoice = @Sendable (String) -> Void

/// Words that more than one party says.
enum LabWords {
    static let noServer = "Say first where your server listens: :use ws://127.0.0.1:PORT"
}
