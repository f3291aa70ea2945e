package import Connection
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// A TCP connection to a server, or TLS over one, with no protocol above: bytes in and out as they are. What is not
/// asked for is not read, so backpressure is real; what is held is bounded.
///
/// One call of `send` and one of `receive` at a time.
package final class RawConnection: Sendable {
    /// How much of what was sent the system took.
    package enum Sent: Hashable, Sendable {
        case all
        /// So many bytes until the deadline. The rest is lost, and nothing can be sent any more.
        case stalled(Int)
        case ended
    }

    package enum Received: Hashable, Sendable {
        case bytes([UInt8])
        case silence
        case ended(End)
    }

    package enum End: Hashable, Sendable {
        case fin, reset
        case lost(String)
    }

    /// This side's and the server's, of the socket.
    package let ports: (local: UInt16, remote: UInt16)?

    private let eventLoop: any EventLoop
    private let handler: NIOLoopBound<RawHandler>

    init(_ handler: NIOLoopBound<RawHandler>, _ channel: any Channel) {
        self.handler = handler
        eventLoop = channel.eventLoop
        let local = Address(channel.localAddress)?.port
        ports = local.flatMap { local in Address(channel.remoteAddress).map { (local, $0.port) } }
    }

    /// - Parameters:
    ///   - url: Its path plays no part.
    ///   - receiveBuffer: The size of the system's buffer in bytes; nil for the system's choice.
    ///   - sendBuffer: As well.
    package static func connect(
        to url: WebSocketURL, _ tls: ClientTLS, receiveBuffer: Int?, sendBuffer: Int?, timeout: Duration
    ) async throws(TransportError) -> RawConnection {
        let context = url.isTLS ? try tls.context() : nil
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        do {
            return try await eventLoop.flatSubmit {
                bootstrap(eventLoop, receiveBuffer, sendBuffer, timeout)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            if let context {
                                let handler = try tls.handler(context, host: url.address.host)
                                try channel.pipeline.syncOperations.addHandler(handler)
                            }
                            try channel.pipeline.syncOperations.addHandler(RawHandler(eventLoop: channel.eventLoop))
                        }
                    }
                    .connect(host: url.address.host, port: url.address.port)
                    .flatMapThrowing { channel in
                        let handler = try channel.pipeline.syncOperations.handler(type: RawHandler.self)
                        return RawConnection(NIOLoopBound(handler, eventLoop: channel.eventLoop), channel)
                    }
            }.get()
        } catch {
            throw .connecting(to: url.address, error)
        }
    }

    private static func bootstrap(
        _ eventLoop: any EventLoop, _ receiveBuffer: Int?, _ sendBuffer: Int?, _ timeout: Duration
    ) -> ClientBootstrap {
        var bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(timeout))
            .channelOption(.autoRead, value: false)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        if let receiveBuffer { bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: receiveBuffer) }
        if let sendBuffer { bootstrap = bootstrap.channelOption(.socketOption(.so_sndbuf), value: sendBuffer) }
        return bootstrap
    }

    /// Returns when the system has taken all of it, or at the deadline.
    package func send(_ bytes: [UInt8], until deadline: Timestamp) async -> Sent {
        var start = 0
        while start < bytes.count {
            let piece = bytes[start..<min(start + RawConnection.piece, bytes.count)]
            let result = try? await eventLoop.flatSubmit { [handler] in handler.value.write(piece, until: deadline) }
                .get()
            switch result {
            case .taken: start = piece.endIndex
            case .late: return .stalled(start)
            case .failed, nil: return .ended
            }
        }
        return .all
    }

    private static let piece = 64 * 1024

    /// What came since the last call, or comes until the deadline.
    package func receive(until deadline: Timestamp) async -> Received {
        let received = try? await eventLoop.flatSubmit { [handler] in handler.value.receive(until: deadline) }.get()
        return received ?? .ended(.lost("the connection is gone"))
    }

    /// Whether bytes are read before they are asked for, at most 1 MiB. True at first.
    package func readAhead(_ isOn: Bool) async {
        _ = try? await eventLoop.submit { [handler] in handler.value.readAhead(isOn) }.get()
    }

    package func close() async {
        _ = try? await eventLoop.submit { [handler] in handler.value.close() }.get()
    }

    /// Sends a FIN behind what was sent, and goes on reading.
    package func closeOutput() async {
        _ = try? await eventLoop.flatSubmit { [handler] in handler.value.closeOutput() }.get()
    }

    /// Ends TCP at once, with a RST.
    package func abort() async {
        _ = try? await eventLoop.submit { [handler] in handler.value.abort() }.get()
    }
}
