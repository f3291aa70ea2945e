import NIOCore
import NIOHTTP1
import NIOPosix

/// A small HTTP/1.1 server on SwiftNIO's own pipeline: what WebSocket is compared with.
///
/// The same care as for the WebSocket server: loopback, Host and Origin checked, bodies, connections and silence bounded.
package final class HTTPSite: Sendable {
    package typealias Handler = @Sendable (HTTPCall, HTTPResponder) -> Void

    package let address: HostPort
    package let count: WireCount
    private let listener: any Channel
    private let group: MultiThreadedEventLoopGroup

    /// Connections at the same time; further ones are closed.
    private static let mostConnections = 4096
    /// A connection on which nothing goes either way for so long is closed.
    private static let silence = TimeAmount.seconds(75)

    private init(_ listener: any Channel, _ group: MultiThreadedEventLoopGroup, _ count: WireCount, _ asked: HostPort) {
        self.listener = listener
        self.group = group
        self.count = count
        address = HostPort(host: asked.host, port: listener.localAddress?.port ?? asked.port)
    }

    /// - Parameter handler: Called for each request, on an event loop; answers now or later.
    package static func start(
        on address: HostPort = HostPort(host: "127.0.0.1", port: 0), _ handler: @escaping Handler
    ) async throws(TransportError) -> HTTPSite {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let count = WireCount()
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                guard count.figures.open < mostConnections else { return channel.close() }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(CountingHandler(count))
                    try pipeline.addHandler(IdleStateHandler(allTimeout: silence))
                    try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: true, withErrorHandling: true)
                    try pipeline.addHandler(HTTPSiteHandler(count, handler))
                }
            }
        do {
            let listener = try await bootstrap.bind(host: address.host, port: address.port).get()
            return HTTPSite(listener, group, count, address)
        } catch {
            try? await group.shutdownGracefully()
            throw .listening(on: address, error)
        }
    }

    /// What its event loop has used of the processor so far.
    package func processorTime() async -> Duration {
        (try? await group.next().submit { Clock.processorTime() }.get()) ?? .zero
    }

    /// Closes every connection.
    package func stop() async {
        try? await listener.close().get()
        try? await group.shutdownGracefully()
    }
}
