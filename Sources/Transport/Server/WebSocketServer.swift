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

    /// With its faults.
    let options: Options
    private let originCheck: OriginCheck
    let gatekeeper: Gatekeeper?
    let tally = ServerTally()
    /// Pages that watch connections of their own.
    let views = WireViews()
    private let state = Mutex(State())

    /// A server that does nothing before `run` or `start`.
    public init(_ options: Options) {
        self.options = options.faulty
        let originCheck = OriginCheck(
            allowedOrigins: options.allowedOrigins, allowedHosts: options.allowedHosts, faults: options.faults)
        self.originCheck = originCheck
        gatekeeper = self.options.authentication.map {
            Gatekeeper($0, origins: originCheck, faults: options.faults, isTLS: options.tls != nil)
        }
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

    /// Stops as a process does that is killed: every connection is cut, without a Close.
    package func kill() async {
        let running = state.withLock { state in
            state.isStopping = true
            return state.running.take()
        }
        await running?.kill()
    }

    /// Connections that are open now, those in their handshake included.
    public var connectionCount: Int { state.withLock { $0.running }?.connectionCount ?? 0 }

    /// What goes on, in the text format of Prometheus.
    package var metrics: String {
        MetricsText(tally, counters, options.queuePolicy, open: connectionCount, now: Clock.now()).text
    }

    /// Of each event loop.
    var counters: [LoopCounters] { state.withLock { $0.running }?.counters ?? [] }

    func opened(_ connection: WebSocketConnection) { state.withLock { $0.connectionHandler }?(connection) }
}

/// Deciding on a request.
extension WebSocketServer {
    enum Decision {
        case accept(subprotocol: String?, Admission)
        case refuse(Page)
    }

    /// What is known of who connects.
    enum Admission {
        /// The server asks nobody.
        case open
        case known(Identity)
        /// The first message will tell.
        case awaited
        /// The fault `authAfterOpening`: the answer comes as a Close.
        case refusedLater(Page)
    }

    func decide(on head: HTTPHead, _ broken: [Demand], localIP: String?) -> Decision {
        var request = Request(head)
        if let reason = refusalByOrigin(head, localIP: localIP) { return .refuse(Page(status: 403, text: reason)) }
        guard head.isUpgradeRequest else { return .refuse(page(for: request)) }
        if let first = broken.first { return .refuse(Page(status: first.rule.refusal, text: explain(broken))) }
        if isFull { return .refuse(Page(status: 503, text: "The server takes no more connections now.")) }
        var agreed: String?
        var admission = Admission.open
        switch gatekeeper?.admit(request, now: Clock.now()) {
        case nil: break
        case .admitted(let identity, let subprotocol):
            request.user = identity.user
            agreed = subprotocol
            admission = .known(identity)
        case .awaited: admission = .awaited
        case .refused(let page):
            guard options.faults.contains(.authAfterOpening) else { return .refuse(page) }
            admission = .refusedLater(page)
        }
        switch state.withLock({ $0.requestHandler })?(request) ?? .accept {
        case .accept(let subprotocol): return .accept(subprotocol: subprotocol ?? agreed, admission)
        case .refuse(let status, let text): return .refuse(Page(status: status, text: text))
        }
    }

    private func refusalByOrigin(_ head: HTTPHead, localIP: String?) -> String? {
        if gatekeeper?.skipsOrigin == true, head.isUpgradeRequest { return nil }
        return originCheck.refusal(of: head, localIP: localIP)
    }

    private var isFull: Bool {
        state.withLock { $0.isStopping || ($0.running?.connectionCount ?? 0) > options.maximumConnections }
    }

    private func page(for request: Request) -> Page {
        if let page = gatekeeper?.page(for: request, now: Clock.now()) { return page }
        guard request.isGet else { return Page(status: 405, text: "Use GET.", fields: [("Allow", "GET")]) }
        return state.withLock { $0.pageHandler }?(request) ?? WebSocketServer.page
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
