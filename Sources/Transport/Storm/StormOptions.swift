/// A server that goes down with all its clients, and comes back with a door that is only so wide.
package struct StormOptions: Hashable, Sendable {
    /// Real connections, to a real server on loopback.
    package var clients = 500
    /// How long the server is gone.
    package var outage = Duration.seconds(1)
    /// Opening handshakes that the server takes in a second when it is back; further ones get a 503.
    package var capacity = 250
    /// A policy is given up after so long.
    package var limit = Duration.seconds(8)
    /// How much faster than in life the delays are: at 10, a tenth of a second stands for a second.
    package var speed = 10
    package var policies: [ReconnectPolicy]

    package init() {
        // In life: none; 5 s; 1 s doubled up to 30 s; the same with jitter.
        policies = [
            .none, .fixed(.milliseconds(500)), .exponential(base: .milliseconds(100), cap: .seconds(3)),
            .fullJitter(base: .milliseconds(100), cap: .seconds(3)),
        ]
    }

    /// The width of a column of the histogram.
    package static let bucket = Duration.milliseconds(100)
}

/// What became of one policy's clients.
package struct StormResult: Hashable, Sendable {
    package let policy: ReconnectPolicy
    package let clients: Int
    /// Attempts to connect, by the 100 ms after the drop in which they were made.
    package let attempts: [Int]
    /// Those of them that were accepted.
    package let accepted: [Int]
    /// When the last client was back, from the drop; nil where some never were.
    package let allBack: Duration?

    package var total: Int { attempts.reduce(0, +) }
    package var back: Int { accepted.reduce(0, +) }
    /// Attempts for nothing.
    package var wasted: Int { total - back }
    /// The most attempts in 100 ms.
    package var peak: Int { attempts.max() ?? 0 }
}
