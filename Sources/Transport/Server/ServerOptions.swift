package import Connection

extension WebSocketServer {
    /// How a server behaves. The defaults are safe for a server on loopback.
    public struct Options: Sendable {
        /// Where it listens. Anything but a loopback address makes it reachable from other machines.
        public var address = HostPort(host: "127.0.0.1", port: 8080)
        /// With a certificate it speaks `wss`, without `ws`.
        public var tls: ServerTLS?
        /// Web pages that may connect besides those of this machine, such as `https://app.example`; `*` for all.
        public var allowedOrigins: [String] = []
        /// Names under which clients reach it besides `localhost` and its IP address; `*` for all.
        public var allowedHosts: [String] = []
        /// The longest message it takes, in bytes, after inflation; a longer one ends the connection with 1009.
        public var maximumMessage = 1 << 20
        /// The most bytes that may wait for a client who reads too slowly; then the connection ends with 1008.
        public var maximumQueue = 2 << 20
        /// Connections at the same time; further ones get a 503.
        public var maximumConnections = 16_384
        /// Whether it agrees to permessage-deflate.
        public var compresses = true
        /// Connections that may be compressed at the same time: each needs about 300 KiB as soon as it compresses.
        public var maximumCompressed = 1024
        /// How often it asks whether the client is still there; nil for never.
        public var pingInterval: Duration? = .seconds(20)
        /// How long a client may stay silent after such a Ping.
        public var pongTimeout: Duration = .seconds(20)
        /// How long a client may take for its opening handshake.
        public var handshakeTimeout: Duration = .seconds(10)
        /// How long a client may take to answer a Close.
        public var closeTimeout: Duration = .seconds(10)
        /// Event loops. One serves some hundred thousand small messages a second.
        public var threads = 1

        /// Everything that goes over its connections is told there.
        package var tap: (any Tap)?
        /// Who records, for the tap.
        package var source = "serve"

        /// The defaults, on this port of 127.0.0.1; 0 takes a free one.
        public init(port: Int = 8080) { address = HostPort(host: "127.0.0.1", port: port) }
    }
}

extension WebSocketServer.Options {
    var limits: EndpointLimits { EndpointLimits(message: maximumMessage) }

    var timing: EndpointTiming {
        EndpointTiming(
            handshake: handshakeTimeout.inNanoseconds, pingInterval: pingInterval?.inNanoseconds,
            pongTimeout: pongTimeout.inNanoseconds, close: closeTimeout.inNanoseconds)
    }
}

extension Duration {
    var inNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
