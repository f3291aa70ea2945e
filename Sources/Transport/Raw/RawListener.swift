internal import Connection
internal import NIOCore
internal import NIOPosix

/// Accepts TCP connections and hands each over raw: bytes in and out as they are, with no protocol above.
package final class RawListener: Sendable {
    /// With the port that the system chose where 0 was asked for.
    package let address: HostPort
    private let listener: any Channel

    private init(_ listener: any Channel, asked: HostPort) {
        self.listener = listener
        address = HostPort(
            host: listener.localAddress?.ipAddress ?? asked.host, port: listener.localAddress?.port ?? asked.port)
    }

    /// - Parameter accept: Called on an event loop with each connection; the connection is its own from then on.
    package static func start(
        _ address: HostPort, accept: @escaping @Sendable (RawConnection) -> Void
    ) async throws(TransportError) -> RawListener {
        do {
            let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 64)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.autoRead, value: false)
                .childChannelOption(.maxMessagesPerRead, value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = RawHandler(eventLoop: channel.eventLoop)
                        try channel.pipeline.syncOperations.addHandler(handler)
                        accept(RawConnection(NIOLoopBound(handler, eventLoop: channel.eventLoop), channel))
                    }
                }
                .bind(host: address.host, port: address.port).get()
            return RawListener(listener, asked: address)
        } catch {
            throw .listening(on: address, error)
        }
    }

    /// Accepts no more. Connections that were accepted go on.
    package func stop() async { try? await listener.close().get() }
}
