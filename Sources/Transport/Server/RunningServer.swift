import Connection
import NIOCore
import NIOPosix
import NIOSSL
import Wire

/// A server's listening socket and event loops.
final class RunningServer: Sendable {
    let address: HostPort
    private let listener: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let loops: [NIOLoopBound<LoopCommons>]
    private let register: ServerRegister
    /// Of each event loop.
    let counters: [LoopCounters]

    private init(
        _ listener: any Channel, asked: HostPort, _ group: MultiThreadedEventLoopGroup,
        _ loops: [NIOLoopBound<LoopCommons>], _ counters: [LoopCounters], _ register: ServerRegister
    ) {
        self.listener = listener
        self.group = group
        self.loops = loops
        self.counters = counters
        self.register = register
        address = HostPort(
            host: listener.localAddress?.ipAddress ?? asked.host, port: listener.localAddress?.port ?? asked.port)
    }

    var connectionCount: Int { register.count }

    static func start(_ server: WebSocketServer) async throws(TransportError) -> RunningServer {
        let options = server.options
        let tls = try options.tls?.context()
        FileLimit.raise(to: options.maximumConnections + 64)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(options.threads, 1))
        let register = ServerRegister()
        do {
            var loops: [NIOLoopBound<LoopCommons>] = []
            var counters: [LoopCounters] = []
            for eventLoop in group.makeIterator() {
                let (loop, numbers) = try await eventLoop.submit {
                    let commons = LoopCommons(eventLoop: eventLoop)
                    return (NIOLoopBound(commons, eventLoop: eventLoop), commons.counters)
                }.get()
                loops.append(loop)
                counters.append(numbers)
            }
            let listener = try await bootstrap(server, tls, group, loops, register)
                .bind(host: options.address.host, port: options.address.port).get()
            return RunningServer(listener, asked: options.address, group, loops, counters, register)
        } catch {
            try? await group.shutdownGracefully()
            throw .listening(on: options.address, error)
        }
    }

    /// Tells every client 1012 ("service restart"), each at a random moment of `duration`, and returns when that is
    /// over: so they do not all come back at once.
    func drain(over duration: Duration) async {
        for loop in loops {
            loop.eventLoop.execute {
                loop.value.forEach { handler in
                    let moment = TimeAmount.nanoseconds(Int64.random(in: 0...max(duration.inNanoseconds, 0)))
                    loop.eventLoop.assumeIsolated().scheduleTask(in: moment) { handler.restart() }
                }
            }
        }
        try? await Task.sleep(for: duration)
    }

    /// What the event loops have used of the processor so far.
    func processorTime() async -> Duration {
        var sum = Duration.zero
        for loop in loops {
            sum += (try? await loop.eventLoop.submit { Clock.processorTime() }.get()) ?? .zero
        }
        return sum
    }

    func stop() async {
        try? await listener.close().get()
        for loop in loops {
            loop.eventLoop.execute { loop.value.forEach { $0.goAway() } }
        }
        await register.empty()
        try? await group.shutdownGracefully()
    }

    /// Cuts every connection without a Close, as a process that dies does; then stops.
    func kill() async {
        try? await listener.close().get()
        for loop in loops {
            loop.eventLoop.execute { loop.value.forEach { $0.abort() } }
        }
        await register.empty()
        try? await group.shutdownGracefully()
    }

    private static func bootstrap(
        _ server: WebSocketServer, _ tls: NIOSSLContext?, _ group: MultiThreadedEventLoopGroup,
        _ loops: [NIOLoopBound<LoopCommons>], _ register: ServerRegister
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 256 * 1024, high: 1024 * 1024))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let loop = loops.first(where: { $0.eventLoop === channel.eventLoop }) else { return }
                    try addHandlers(to: channel, server, tls, loop.value, register)
                }
            }
    }

    private static func addHandlers(
        to channel: any Channel, _ server: WebSocketServer, _ tls: NIOSSLContext?, _ commons: LoopCommons,
        _ register: ServerRegister
    ) throws {
        let options = server.options
        if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
        } else {
            try channel.syncOptions?.setOption(.recvAllocator, value: SharedReadAllocator(commons))
        }
        var endpoint = Endpoint(limits: options.limits, timing: options.timing, now: Clock.now())
        endpoint.answersPings = !options.faults.contains(.ignoresPings)
        let handler = EndpointHandler(
            endpoint,
            EndpointSetup(
                side: .server, isTLS: tls != nil, queueLimit: options.maximumQueue, tap: options.tap,
                source: options.source, policy: options.queuePolicy),
            commons: commons)
        handler.delegate = WebSocketConnection(handler, server: server, register: register)
        try channel.pipeline.syncOperations.addHandler(handler)
        register.began()
    }
}
