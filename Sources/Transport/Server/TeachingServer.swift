import Wire

/// The teaching server: all scenarios on their paths, and a page in plain text that says so.
package final class TeachingServer: Sendable {
    private let server: WebSocketServer

    /// - Parameters:
    ///   - scenario: What to serve on paths that are no scenario's own; nil answers them with 404.
    ///   - setup: What its rooms share with other nodes.
    ///   - onGuest: Called when a client other than the demo connects; on an event loop.
    package init(
        _ options: WebSocketServer.Options, scenario: (any Scenario.Type)? = nil, setup: BrokerSetup = BrokerSetup(),
        onGuest: @escaping @Sendable () -> Void = {}
    ) {
        let paths = ScenarioPaths(chosen: scenario, setup, isTLS: options.tls != nil)
        let server = WebSocketServer(options)
        self.server = server
        let pages = TeachingPages(options)
        server.onPage { [weak server] request in
            if request.path == "/health" { return .health(isStopping: server?.isStopping != false) }
            return pages.page(for: request, metrics: { server?.metrics ?? "" }) ?? paths.page(for: request)
        }
        server.onRequest { request in
            if WireViews.number(request.path) != nil { return .accept }
            let answer = paths.answer(to: request, options.grants)
            if answer == .accept, request.header("User-Agent").first != TeachingServer.demoAgent { onGuest() }
            return answer
        }
        let views = server.views
        server.onConnection { connection in
            if let number = WireViews.number(connection.path) { return views.serve(connection, number) }
            paths[connection.path]?.serve(connection)
        }
    }

    /// Serves from now on, at the address that is returned.
    package func start() async throws(TransportError) -> HostPort { try await server.start() }

    /// Accepts no more, tells every client 1001, and returns when the last one is gone.
    package func stop() async { await server.stop() }

    /// Refuses new connections, tells every client 1012 at a random moment of `duration`, and then stops.
    package func drain(over duration: Duration) async { await server.drain(over: duration) }

    /// Stops as a process does that is killed: every connection is cut, without a Close.
    package func kill() async { await server.kill() }

    package var connectionCount: Int { server.connectionCount }

    package var load: ServerLoad { server.load }

    /// The User-Agent of the demo client, which is no guest.
    package static let demoAgent = "ws101-demo"
}

extension Page {
    /// For a load balancer. 404 is what HAProxy takes for "no new connections, but keep those you have"; with 503 it would
    /// end them.
    fileprivate static func health(isStopping: Bool) -> Page {
        isStopping ? Page(status: 404, text: "draining") : Page(status: 200, text: "serving")
    }
}

/// Which scenario is where, and what to say where none is.
private struct ScenarioPaths: Sendable {
    private let scenarios: [any Scenario]
    /// Serves `/`, and every path that is no other scenario's where it was chosen.
    private let main: any Scenario
    private let servesEverything: Bool
    private let scheme: String

    init(chosen: (any Scenario.Type)?, _ setup: BrokerSetup, isTLS: Bool) {
        scenarios = Scenarios.all.map { ($0 as? any BrokeredScenario.Type)?.init(setup) ?? $0.init() }
        main = scenarios.first { type(of: $0).name == chosen?.name } ?? scenarios[0]
        servesEverything = chosen != nil
        scheme = isTLS ? "wss" : "ws"
    }

    subscript(path: String) -> (any Scenario)? {
        scenarios.first { $0.serves(path) } ?? (servesEverything || path == "/" ? main : nil)
    }

    /// - Parameter grants: Who may enter a room, where the request tells already who asks.
    func answer(to request: Request, _ grants: [Grant]) -> Answer {
        guard let scenario = self[request.path] else { return .refuse(status: 404, nothing(at: request.path)) }
        if let user = request.user, let room = scenario.room(request.path), !grants.allow(.read, user: user, room: room)
        {
            return .refuse(status: 403, "\(user) may not enter \(SafeText.escape(room)).")
        }
        return .accept
    }

    func page(for request: Request) -> Page {
        let url = "\(scheme)://" + SafeText.escape(request.header("Host").first ?? "127.0.0.1")
        if request.path == "/" { return Page(status: 200, text: welcome(url)) }
        guard self[request.path] != nil else { return Page(status: 404, text: nothing(at: request.path)) }
        let path = SafeText.escape(request.path)
        return Page(status: 426, text: "This path speaks WebSocket. Connect with: ws101 connect \(url)\(path)")
    }

    private func nothing(at path: String) -> String { "There is nothing at \(SafeText.escape(path)).\n\n\(list)" }

    private func welcome(_ url: String) -> String {
        """
        ws101: a WebSocket server (RFC 6455) to learn from and to test clients with.

        \(list)

        Connect:
          ws101 connect \(url)/echo
          python3 -m websockets \(url)/echo
          new WebSocket("\(url)/echo")    in a page of this machine
        """
    }

    private var list: String {
        let width = Scenarios.all.map { $0.path.count }.max() ?? 0
        let lines = Scenarios.all.map { scenario in
            "  \(scenario.path)" + String(repeating: " ", count: width - scenario.path.count + 2) + scenario.summary
        }
        return "Paths:\n" + lines.joined(separator: "\n")
    }
}
