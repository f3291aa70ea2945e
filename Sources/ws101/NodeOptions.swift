import ArgumentParser
import Foundation
import Transport

/// What makes a server one node of several.
struct NodeOptions: ParsableArguments {
    @Option(
        help: """
            Share rooms with other nodes through this broker: redis://HOST:PORT; a password is read from \
            \(RedisURL.passwordName).
            """)
    var broker: String?

    @Option(
        name: .customLong("node"), help: "This node's name among those of the broker; its process number unless given.")
    var name: String?

    @Option(help: "The most members of a room on this node.")
    var roomMembers = Chat.mostMembers

    @Option(help: "On SIGTERM refuse new clients, and tell the others 1012 at random moments of so many seconds.")
    var drain = 0.0

    func validate() throws {
        if let name, !NodeName.isGood(name) {
            throw ValidationError("A node's name has letters, digits, '.', '_' and '-', at most 64: \"\(name)\".")
        }
        guard (1...65_536).contains(roomMembers) else {
            throw ValidationError("--room-members is within 1…65536.")
        }
        guard drain >= 0, drain <= 3600 else { throw ValidationError("--drain is within 0…3600 seconds.") }
    }

    var drainDuration: Duration? { drain > 0 ? .seconds(drain) : nil }

    /// Connects to the broker where there is to be one.
    func setup() async throws -> BrokerSetup {
        let name = name ?? "node-\(ProcessInfo.processInfo.processIdentifier)"
        var setup = BrokerSetup(broker: LocalBroker(node: name))
        if let broker {
            let url = try NodeOptions.url(broker)
            var options = RedisOptions(url: url, node: name)
            options.password = ProcessInfo.processInfo.environment[RedisURL.passwordName]
            setup.broker = try await RedisBroker.connect(options) { notice in
                Output.diagnostic("ws101: broker \(url) \(notice)")
            }
        }
        setup.mostMembers = roomMembers
        return setup
    }

    private static func url(_ text: String) throws -> RedisURL {
        do {
            return try RedisURL(parsing: text)
        } catch {
            throw Failure("\(error.what): \(error.why)", next: error.advice, status: Failure.wrongUse)
        }
    }
}
