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
        /// So many fragments of a message may be of any size; beyond them each has to bring 32 bytes on average.
        public var maximumFragments = 4096
        /// The most bytes that may wait for a client who reads too slowly; then `queuePolicy` says what happens.
        public var maximumQueue = 2 << 20
        /// What becomes of messages that find `maximumQueue` bytes waiting.
        public var queuePolicy = QueuePolicy.disconnect
        /// How many messages and Pings a client may send; more end the connection with 1008. nil for any number.
        public var rateLimit: RateLimit?
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
        /// A connection over which no message goes for so long, either way, ends with 1001; nil for never.
        public var idleLimit: Duration?
        /// How long a client may take for its opening handshake.
        public var handshakeTimeout: Duration = .seconds(10)
        /// How long a client may take to answer a Close.
        public var closeTimeout: Duration = .seconds(10)
        /// Event loops. One serves some hundred thousand small messages a second.
        public var threads = 1

        /// Who may connect; nil for everybody whom Origin and Host do not forbid it.
        package var authentication: Authentication?
        /// Who may do what in which room; empty for everything.
        package var grants: [Grant] = []
        /// What every message must be: text that is JSON and meets it. Others end the connection, with 1003 (binary),
        /// 1007 (no JSON) or 1008.
        package var schema: JSONSchema?
        /// Whether a `TeachingServer` shows its numbers at `/metrics`.
        package var showsMetrics = true
        /// Told one line a request, secrets left out; on event loops.
        package var accessLog: (@Sendable (String) -> Void)?
        /// What it does wrong on purpose.
        package var faults: Set<Fault> = []
        /// Everything that goes over its connections is told there.
        package var tap: (any Tap)?
        /// Who records, for the tap.
        package var source = "serve"

        /// The defaults, on this port of 127.0.0.1; 0 takes a free one.
        public init(port: Int = 8080) { address = HostPort(host: "127.0.0.1", port: port) }
    }
}

extension WebSocketServer.Options {
    var limits: EndpointLimits { EndpointLimits(message: maximumMessage, fragments: maximumFragments) }

    var timing: EndpointTiming {
        EndpointTiming(
            handshake: handshakeTimeout.inNanoseconds, pingInterval: pingInterval?.inNanoseconds,
            pongTimeout: pongTimeout.inNanoseconds, close: closeTimeout.inNanoseconds)
    }
}

extension WebSocketServer.Options {
    /// The options as they are with their faults: a limit that is not kept is none.
    var faulty: WebSocketServer.Options {
        var options = self
        for fault in faults { options.apply(fault) }
        return options
    }

    private mutating func apply(_ fault: Fault) {
        switch fault {
        case .schemaUnchecked: schema = nil
        case .rateUnlimited: rateLimit = nil
        case .messageUnlimited: maximumMessage = WebSocketServer.Options.unlimited
        case .fragmentsUnlimited: maximumFragments = WebSocketServer.Options.unlimited
        case .connectionsUnlimited: maximumConnections = WebSocketServer.Options.unlimited
        case .neverPings: pingInterval = nil
        case .keepsHalfOpen: pongTimeout = .seconds(1 << 31)
        case .queueUnbounded:
            maximumQueue = .max
            queuePolicy = .disconnect
        case .firstMessageNoDeadline: authentication?.deadline = .seconds(1 << 31)
        case .originUnchecked, .originSubstring, .hostUnchecked, .cookieWithoutOrigin, .cookieSameSiteNone,
            .ticketReuse,
            .tokenEcho, .authAfterOpening, .expiryIgnored, .sendUnchecked, .secretsLogged, .ignoresPings,
            .blocksEventLoop, .certificateExpired, .certificateWrongName, .certificateSelfSigned:
            break  // where it is done, it asks
        }
    }

    /// More than there will ever be, and far from overflow.
    private static let unlimited = 1 << 40
}

extension Duration {
    var inNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
