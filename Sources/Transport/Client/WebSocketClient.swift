internal import Connection
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
package import Wire

/// A client's connection, open from the moment there is a value of this type.
///
/// Messages are sent in the order of the calls. All methods may be called from any thread. Events come on the
/// connection's event loop, one after the other; while one is handled nothing is read, and so a slow taker slows the
/// server down.
package final class WebSocketClient: @unchecked Sendable {
    // Everything that changes is touched on `eventLoop` only.
    private let eventLoop: any EventLoop
    private let request: ClientRequest
    private let take: @Sendable (WebSocketClient, ClientEvent) -> Void
    private var handler: EndpointHandler?
    private var whenOpen: EventLoopPromise<WebSocketClient>?
    private var whenDrained: [CheckedContinuation<Void, Never>] = []
    private var whenEnded: [CheckedContinuation<ClientEnding, Never>] = []
    private var end: ClientEnding?

    package var url: WebSocketURL { request.url }
    /// The server's answer.
    package private(set) var response: HTTPHead?
    package private(set) var subprotocol: String?
    package private(set) var compression: DeflateParameters?

    private init(
        _ handler: EndpointHandler, _ request: ClientRequest, _ whenOpen: EventLoopPromise<WebSocketClient>,
        _ take: @escaping @Sendable (WebSocketClient, ClientEvent) -> Void
    ) {
        self.handler = handler
        self.request = request
        self.whenOpen = whenOpen
        self.take = take
        eventLoop = handler.commons.eventLoop
    }

    /// Connects, and returns when the opening handshake is complete; throws why it is not.
    package static func connect(
        _ request: ClientRequest, take: @escaping @Sendable (WebSocketClient, ClientEvent) -> Void
    ) async throws(TransportError) -> WebSocketClient {
        let head = try request.head()
        let tls = request.url.isTLS ? try request.tls.context() : nil
        let address = request.url.address
        // All on one event loop and in one go: the endpoint must be there before its channel reads.
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        do {
            return try await eventLoop.flatSubmit {
                connect(bootstrap(request, head, tls, on: eventLoop), to: address)
                    .flatMap { channel in open(channel, request, take) }
            }.get()
        } catch let error as TransportError {
            throw error
        } catch {
            throw .connecting(to: address, error)
        }
    }

    /// A number needs no resolver, whose threads would be what many clients wait for.
    private static func connect(_ bootstrap: ClientBootstrap, to address: HostPort) -> EventLoopFuture<any Channel> {
        if let number = try? SocketAddress(ipAddress: address.host, port: address.port) {
            return bootstrap.connect(to: number)
        }
        return bootstrap.connect(host: address.host, port: address.port)
    }

    private static func bootstrap(
        _ request: ClientRequest, _ head: HTTPHead, _ tls: NIOSSLContext?, on eventLoop: any EventLoop
    ) -> ClientBootstrap {
        ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(request.timeout))
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            request.tls.handler(tls, host: request.url.address.host))
                    }
                    let keys = MaskingKeys()
                    let endpoint = Endpoint(
                        request: head, limits: request.limits, timing: request.timing, maskingKeys: keys.next,
                        now: Clock.now())
                    let setup = EndpointSetup(
                        side: .client, isTLS: tls != nil, queueLimit: .max, tap: request.tap, source: request.source)
                    try channel.pipeline.syncOperations.addHandler(
                        EndpointHandler(endpoint, setup, commons: LoopCommons(eventLoop: channel.eventLoop)))
                }
            }
    }

    /// Begins the opening handshake. Of a host's several addresses only the connection that was taken comes here.
    private static func open(
        _ channel: any Channel, _ request: ClientRequest,
        _ take: @escaping @Sendable (WebSocketClient, ClientEvent) -> Void
    ) -> EventLoopFuture<WebSocketClient> {
        let whenOpen = channel.eventLoop.makePromise(of: WebSocketClient.self)
        do {
            let handler = try channel.pipeline.syncOperations.handler(type: EndpointHandler.self)
            handler.delegate = WebSocketClient(handler, request, whenOpen, take)
            handler.begin()
        } catch {
            whenOpen.fail(error)
        }
        return whenOpen.futureResult
    }
}

// MARK: - What is done

extension WebSocketClient {
    package func send(_ text: String) { send(.text, Array(text.utf8)) }
    package func send(_ bytes: [UInt8]) { send(.binary, bytes) }

    /// Sends a message, or a fragment of one: all but the first have the opcode continuation, all but the last no FIN.
    package func send(_ opcode: Opcode, _ payload: [UInt8], fin: Bool = true) {
        onLoop { client in
            payload.withUnsafeBytes { _ = client.handler?.send(opcode, $0, fin: fin) }
        }
    }

    package func ping(_ payload: [UInt8] = []) { onLoop { $0.handler?.ping(payload) } }
    package func pong(_ payload: [UInt8] = []) { onLoop { $0.handler?.pong(payload) } }

    /// Sends exactly these bytes, whatever they are.
    package func sendRaw(_ bytes: [UInt8]) { onLoop { $0.handler?.sendRaw(bytes) } }

    /// Starts the closing handshake.
    /// - Parameter code: Nil for a Close without a body.
    package func close(_ code: StatusCode? = .normalClosure, reason: String = "") {
        onLoop { $0.handler?.close(code, reason: reason) }
    }

    /// Ends TCP at once.
    package func abort() { onLoop { $0.handler?.abort() } }

    /// Returns when nothing waits to be sent: before more is sent, a slow server is waited for.
    package func drained() async {
        await withCheckedContinuation { continuation in
            onLoop { client in
                if client.handler?.isBackedUp == true {
                    client.whenDrained.append(continuation)
                } else {
                    continuation.resume()
                }
            }
        }
    }

    /// Returns when the connection has ended.
    package func ending() async -> ClientEnding {
        await withCheckedContinuation { continuation in
            onLoop { client in
                if let ending = client.end {
                    continuation.resume(returning: ending)
                } else {
                    client.whenEnded.append(continuation)
                }
            }
        }
    }

    private func onLoop(_ body: @escaping @Sendable (WebSocketClient) -> Void) {
        if eventLoop.inEventLoop { body(self) } else { eventLoop.execute { body(self) } }
    }
}

// MARK: - What is told

extension WebSocketClient: EndpointDelegate {
    func requested(_ request: HTTPHead) {}

    func opened() {
        response = handler?.endpoint.response
        subprotocol = handler?.endpoint.subprotocol
        compression = handler?.endpoint.compression
        take(self, .opened)
        whenOpen.take()?.succeed(self)
    }

    func received(_ opcode: Opcode, _ message: UnsafeMutableRawBufferPointer) {
        take(self, .message(opcode == .text ? .text : .binary, Array(message)))
    }

    func ping(_ payload: UnsafeMutableRawBufferPointer) { take(self, .ping(Array(payload))) }

    func pong(_ payload: UnsafeMutableRawBufferPointer, roundTrip: Int64?) {
        take(self, .pong(Array(payload), roundTrip: roundTrip))
    }

    func closed() {
        if let payload = handler?.endpoint.closeReceived { take(self, .closed(payload)) }
    }

    func failed() {}

    func drained() {
        for continuation in whenDrained { continuation.resume() }
        whenDrained = []
    }

    func overflowed() {}

    func ended(_ end: TCPEnd) {
        guard let handler else { return }
        let ending = ClientEnding(handler.endpoint, end)
        let failure = TransportError.opening(request.url, handler.endpoint, end)
        self.end = ending
        self.handler = nil
        drained()
        if let whenOpen = whenOpen.take() {
            whenOpen.fail(failure)
        } else {
            take(self, .ended(ending))
        }
        for continuation in whenEnded { continuation.resume(returning: ending) }
        whenEnded = []
    }
}
