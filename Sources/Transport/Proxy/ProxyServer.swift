package import Connection
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Wire

/// A recording proxy: a tunnel for the bytes of each client's connection to one upstream, both ways, as they came.
///
/// Nothing is parsed and written anew. HTTP requests that are no upgrade pass as well, keep-alive included. What is
/// recorded is the plaintext, and a connection is marked TLS where the client's leg, the upstream's or both were TLS.
///
/// Any web page that a browser on this machine shows can reach a listener on loopback (CWE-1385). The proxy passes
/// Host and Origin on unchanged, so the upstream decides whom it serves, exactly as without a proxy.
package final class ProxyServer: Sendable {
    /// Where clients connect, with the port that the system chose where port 0 was asked for.
    package let address: HostPort

    private let listener: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let register: ProxyRegister
    /// Once however often the proxy is stopped.
    private let ending = Mutex<Task<Void, Never>?>(nil)

    private init(_ listener: any Channel, _ group: MultiThreadedEventLoopGroup, _ setup: ProxySetup) {
        self.listener = listener
        self.group = group
        register = setup.register
        let asked = setup.configuration.listen
        address = HostPort(
            host: listener.localAddress?.ipAddress ?? asked.host, port: listener.localAddress?.port ?? asked.port)
    }

    /// Listens, and forwards from then on.
    ///
    /// - Parameters:
    ///   - tap: Told one connection for each client's; nil only forwards.
    ///   - report: Called on event loops.
    package static func start(
        _ configuration: ProxyConfiguration, tap: (any Tap)?,
        report: @escaping @Sendable (ProxyNotice) -> Void = { _ in }
    ) async throws(TransportError) -> ProxyServer {
        let setup = try ProxySetup(configuration, tap: tap, report: report)
        FileLimit.raise(to: 2 * configuration.maxConnections + 256)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.threads)
        do {
            let listener = try await bootstrap(setup, group)
                .bind(host: configuration.listen.host, port: configuration.listen.port).get()
            return ProxyServer(listener, group, setup)
        } catch {
            try? await group.shutdownGracefully()
            throw .listening(on: configuration.listen, error)
        }
    }

    package var counts: ProxyCounts { register.counts }

    /// Accepts no more and returns when the last connection has ended.
    ///
    /// - Parameter drain: How long open connections may go on. Then what was received is forwarded and both sides get
    ///   a FIN, and a second later what is still open is aborted.
    package func stop(drain: Duration = .zero) async {
        let end = ending.withLock { ending in
            let end = ending ?? Task { await self.end(drain) }
            ending = end
            return end
        }
        await end.value
    }

    private func end(_ drain: Duration) async {
        try? await listener.close().get()
        let eventLoop = group.next()
        let register = register
        eventLoop.scheduleTask(in: TimeAmount(drain)) { register.stopAll(.finish) }
        eventLoop.scheduleTask(in: TimeAmount(drain) + .seconds(1)) { register.stopAll(.abort) }
        try? await register.whenEmpty(on: eventLoop).get()
        try? await group.shutdownGracefully()
    }

    private static func bootstrap(_ setup: ProxySetup, _ group: MultiThreadedEventLoopGroup) -> ServerBootstrap {
        let configuration = setup.configuration
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.maxMessagesPerRead, value: 1)  // the limit is asked before each
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptLimit(
                            limit: configuration.maxConnections, register: setup.register, report: setup.report))
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try addLeg(to: channel, setup) }
            }
    }

    private static func addLeg(to channel: any Channel, _ setup: ProxySetup) throws {
        do {
            try ProxySocket.configure(channel)
            if let tls = setup.serverTLS {
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
            }
            let connection = ProxiedConnection(setup, on: channel.eventLoop)
            try channel.pipeline.syncOperations.addHandler(ProxyLeg(.client, of: connection))
        } catch {
            setup.register.ended(nil)
            throw error
        }
    }
}
