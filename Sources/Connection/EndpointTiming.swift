/// How long an endpoint waits, in nanoseconds.
package struct EndpointTiming: Hashable, Sendable {
    /// For the opening handshake to be complete.
    package var handshake: Int64
    /// Between two keep-alive Pings; nil for none.
    package var pingInterval: Int64?
    /// For any byte of the peer after a keep-alive Ping without a Pong.
    package var pongTimeout: Int64
    /// For the peer's Close after the own.
    package var close: Int64
    /// For the end of the TCP connection after the closing handshake or a failure.
    package var linger: Int64

    package init(
        handshake: Int64 = 10 * second, pingInterval: Int64? = 20 * second, pongTimeout: Int64 = 20 * second,
        close: Int64 = 10 * second, linger: Int64 = 2 * second
    ) {
        self.handshake = handshake
        self.pingInterval = pingInterval
        self.pongTimeout = pongTimeout
        self.close = close
        self.linger = linger
    }

    package static let `default` = EndpointTiming()
    package static let second: Int64 = 1_000_000_000
}
