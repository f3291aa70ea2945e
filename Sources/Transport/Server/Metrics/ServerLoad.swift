internal import Connection

/// A server's numbers that tell whether all is well, for a person.
package struct ServerLoad: Hashable, Sendable {
    /// Bytes that wait for slow readers.
    package let waiting: Int
    /// Messages left out for them, since the start.
    package let dropped: Int
    /// Nanoseconds within which nearly every message of a room was handed to the system for all its members, lately; nil where
    /// none was sent.
    package let fanOut: Int64?
    /// The longest for which an event loop served nobody, in nanoseconds, lately.
    package let lag: Int64
}

extension WebSocketServer {
    package var load: ServerLoad {
        let counters = counters
        let now = Clock.now()
        var fanOut = LatencyMeter.Distribution()
        var lag = LatencyMeter.Distribution()
        for counters in counters {
            fanOut.merge(counters.fanOut.lately(at: now))
            lag.merge(counters.lag.lately(at: now))
        }
        return ServerLoad(
            waiting: counters.reduce(0) { $0 + $1.waiting.value },
            dropped: counters.reduce(0) { $0 + $1.dropped.value },
            fanOut: fanOut.quantile(0.99), lag: lag.longest)
    }
}
