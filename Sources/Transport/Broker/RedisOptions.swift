/// How a node speaks with Redis.
package struct RedisOptions: Sendable {
    package var url: RedisURL
    package var password: String?
    /// This node's name: another one for each.
    package var node: String
    package var journal = JournalLimits()
    /// Between the attempts to reach it again: jittered, so that the nodes of a fleet do not come all at once.
    package var reconnect = ReconnectPolicy.fullJitter(base: .milliseconds(200), cap: .seconds(5))
    /// For connecting; in milliseconds.
    package var connectTimeout = 2000
    /// After so much silence it is asked for a sign of life, and after three times as much given up; in milliseconds.
    package var heartbeat = 1000
    /// The most bytes that wait to be sent to it; what is published beyond is lost, and counted.
    package var mostQueued = 8 << 20

    package init(url: RedisURL, node: String) {
        self.url = url
        self.node = node
    }
}
