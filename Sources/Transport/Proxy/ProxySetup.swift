import Connection
import NIOCore
import NIOPosix
import NIOSSL

/// What all connections of a proxy share.
struct ProxySetup: Sendable {
    let configuration: ProxyConfiguration
    /// Nil towards clients that speak plain TCP.
    let serverTLS: NIOSSLContext?
    /// Nil where the upstream's URL is `ws`.
    let clientTLS: NIOSSLContext?
    let tap: (any Tap)?
    let register: ProxyRegister
    let report: @Sendable (ProxyNotice) -> Void

    init(
        _ configuration: ProxyConfiguration, tap: (any Tap)?, report: @escaping @Sendable (ProxyNotice) -> Void
    ) throws(TransportError) {
        try configuration.validate()
        self.configuration = configuration
        serverTLS = try configuration.serverTLS?.context()
        clientTLS = configuration.upstream.isTLS ? try configuration.clientTLS.context() : nil
        self.tap = tap
        register = ProxyRegister(limit: configuration.maxConnections)
        self.report = report
    }

    /// Whether either leg is TLS: what is recorded is then the plaintext that was inside.
    var isTLS: Bool { serverTLS != nil || clientTLS != nil }
}
