/// What the teaching server does on one of its paths.
package protocol Scenario: Sendable {
    /// As it is chosen on the command line.
    static var name: String { get }
    /// What it does, and its limits, in one line.
    static var summary: String { get }
    /// An example of its paths.
    static var path: String { get }

    init()

    /// Whether the path is one of this scenario's own.
    func serves(_ path: String) -> Bool

    /// The room that a path means, for the server's grants; nil where there are no rooms.
    func room(_ path: String) -> String?

    /// Serves a connection that was opened.
    func serve(_ connection: WebSocketConnection)
}

extension Scenario {
    package func serves(_ path: String) -> Bool { path == Self.path }
    package func room(_ path: String) -> String? { nil }
}

/// All scenarios: a new one is a file in this folder and a line here.
package enum Scenarios {
    package static let all: [any Scenario.Type] = [Echo.self, Chat.self, Resume.self, Ticker.self, Work.self]

    package static func named(_ name: String) -> (any Scenario.Type)? { all.first { $0.name == name } }
}
