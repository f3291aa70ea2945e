/// Something the probe does to the server, and what it concludes from the answer.
///
/// Before and after each step the server is seen to serve a new client; that connection is the one the step begins on.
package protocol ProbeStep: Sendable {
    /// In a few words: "lenient handshakes".
    var name: String { get }
    /// The rules it finds evidence for. The first one is told where the server does not survive.
    var rules: [RuleCode] { get }
    var cost: ProbeCost { get }

    func run(_ session: ProbeSession) async throws -> [ProbeOutcome]
}

/// The most that a step needs.
package struct ProbeCost: Hashable, Sendable {
    package var connections: Int
    package var seconds: Int

    package init(connections: Int = 1, seconds: Int = 10) {
        self.connections = connections
        self.seconds = seconds
    }
}
