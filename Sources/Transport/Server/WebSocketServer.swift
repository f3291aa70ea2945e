internal import Connection
internal import Synchronization
internal import Wire

/// A WebSocket server, RFC 6455.
///
///     let server = WebSocketServer(port: 8080)
///     server.onConnection { connection in
///         connection.onMessage { message in
///             connection.send("Echo: \(message.text)")
///         }
///     }
///     try await server.run()
///
/// It listens on loopback, checks Origin and Host, limits messages, queues and connections, and asks silent clients
/// for a sign of life, unless its options say otherwise.
public final class WebSocketServer: Sendable {
    private struct State {
        var connectionHandler: (@Sendable (WebSocketConnection) -> Void)?
        var requestHandler: (@Sendable (Request) -> Answer)?
        var pageHandler: (@Sendable (Request) -> Page)?
        var running: RunningServer?
        var isStopping = false
    }

    let options: Options
    private let originCheck: OriginCheck
    private let state = Mutex(State())

    /// A server that does nothing before `run` or `start`.
    public init(_ options: Options) {
        self.options = options
        originCheck = OriginCheck(allowedOrigins: options.allowedOrigins, allowedHosts: options.allowedHosts)
    }

    /// A server on this port of 127.0.0.1, with the default options.
    public convenience init(port: Int) { self.init(Options(port: port)) }

    // MARK: What happens

    /// Calls `body` with each connection that is opened.
    public func onConnection(_ body: @escaping @Sendable (WebSocketConnection) -> Void) {
        state.withLock { $0.connectionHandler = body }
    }

    /// Lets `body` decide on each request that has passed the checks of handshake, Host and Origin: the place to
    /// authenticate, and to know one path from another. Without it all are accepted.
    public func onRequest(_ body: @escaping @Sendable (Request) -> Answer) {
        state.withLock { $0.requestHandler = body }
    }

    /// What is answered to HTTP requests that do not ask for WebSocket.
    package func onPage(_ body: @escaping @Sendable (Request) -> Page) {
        state.withLock { $0.pageHandler = body }
    }

    // MARK: Running

    /// Serves until SIGINT or SIGTERM, or until the task is cancelled; then stops as `stop` does.
    public func run() async throws(TransportError) {
        try await start()
        await Signal.interruption()
        await stop()
    }

    /// Serves from now on.
    /// - Returns: The address, with the port that the system chose where 0 was asked for.
    @discardableResult
    public func start() async throws(TransportError) -> HostPort {
        let running = try await RunningServer.start(self)
        state.withLock {
            $0.running = running
            $0.isStopping = false
        }
        return running.address
    }

    /// Accepts no more, tells every client 1001 ("going away"), and returns when the last one is gone: at the latest
    /// when the time to answer a Close is over.
    public func stop() async {
        let running = state.withLock { state in
            state.isStopping = true
            return state.running.take()
        }
        await running?.stop()
    }

    /// Refuses new connections with 503, tells every client 1012 at a random moment of `duration`, and then stops.
    package func drain(over duration: Duration) async {
        let running = state.withLock { state in
            state.isStopping = true
            return state.running
        }
        await running?.drain(over: duration)
        await stop()
    }

    /// Whether it takes no more connections.
    package var isStopping: Bool { state.withLock { $0.isStopping } }

    /// What its event loops have used of the processor since it started.
    package func processorTime() async -> Duration { await state.withLock { $0.running }?.processorTime() ?? .zero }

    /// Connections that are open now, those in their handshake included.
    public var connectionCount: Int { state.withLock { $0.running }?.connectionCount ?? 0 }

    func opened(_ connection: WebSocketConnection) { state.withLock { $0.connectionHandler }?(connection) }
}

/// A short plain text for whoever asks by HTTP.
package struct Page: Sendable {
    package let status: Int
    package let text: String

    package init(status: Int, text: String) {
        self.status = status
        self.text = text
    }
}

/// Deciding on a request.
extension WebSocketServer {
    enum Decision {
        case accept(subprotocol: String?)
        case refuse(Page)
    }

    func decide(on head: HTTPHead, _ broken: [Demand], localIP: String?) -> Decision {
        let request = Request(head)
        let (requestHandler, pageHandler, isFull) = state.withLock { state in
            let isFull = (state.running?.connectionCount ?? 0) > options.maximumConnections
            return (state.requestHandler, state.pageHandler, isFull || state.isStopping)
        }
        if let reason = originCheck.refusal(of: head, localIP: localIP) {
            return .refuse(Page(status: 403, text: reason))
        }
        guard head.isUpgradeRequest else {
            guard request.isGet else { return .refuse(Page(status: 405, text: "Use GET.")) }
            return .refuse(pageHandler?(request) ?? WebSocketServer.page)
        }
        if let first = broken.first { return .refuse(Page(status: first.rule.refusal, text: explain(broken))) }
        if isFull { return .refuse(Page(status: 503, text: "The server takes no more connections now.")) }
        switch requestHandler?(request) ?? .accept {
        case .accept(let subprotocol): return .accept(subprotocol: subprotocol)
        case .refuse(let status, let text): return .refuse(Page(status: status, text: text))
        }
    }

    private static let page = Page(status: 426, text: "This is a WebSocket server; connect with a WebSocket client.")

    private func explain(_ broken: [Demand]) -> String {
        let lines = broken.map { demand in
            guard case .broken(let why) = demand.verdict else { return demand.text }
            return "- \(demand.text): \(why) (\(demand.section))"
        }
        return "This request does not open a WebSocket connection. What is demanded and not met:\n"
            + lines.joined(separator: "\n")
    }
}
