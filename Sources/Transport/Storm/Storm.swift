import Connection
import Synchronization

/// What a mass drop does with each policy of coming back: real connections to a real server, which goes away and takes
/// only so many opening handshakes a second when it is back.
package enum Storm {
    /// One policy after the other.
    /// - Parameter progress: Told the figures so far, about ten times a second.
    package static func run(
        _ options: StormOptions, _ policy: ReconnectPolicy, progress: @Sendable (StormResult) -> Void = { _ in }
    ) async throws(TransportError) -> StormResult {
        let door = StormDoor(capacity: options.capacity)
        var server = WebSocketServer.Options(port: 0)
        server.maximumConnections = 4 * options.clients + 64
        server.pingInterval = nil
        let first = door.server(server)
        server.address = try await first.start()
        let tally = StormTally(clients: options.clients)
        let clients = await connect(options, policy, to: server.address, tally)
        door.open()
        // Down: every connection is reset, nobody listens.
        tally.drop()
        door.abortAll()
        await first.stop()
        let ended = Clock.now().adding(nanoseconds: options.limit.inNanoseconds)
        try? await Task.sleep(for: options.outage)
        let second = door.server(server)
        do {
            try await second.start()
        } catch {
            await stop(clients)
            throw error
        }
        while tally.openCount < options.clients, Clock.now() < ended, !Task.isCancelled {
            try? await Task.sleep(for: StormOptions.bucket)
            progress(tally.result(policy))
        }
        let result = tally.result(policy)
        await stop(clients)
        await second.stop()
        return result
    }

    /// Opens all of them, a few at a time, while the door is wide open.
    private static func connect(
        _ options: StormOptions, _ policy: ReconnectPolicy, to address: HostPort, _ tally: StormTally
    ) async -> [ReconnectingClient] {
        var clients: [ReconnectingClient] = []
        for number in 0..<options.clients {
            let client = ReconnectingClient(
                policy,
                request: {
                    var request = ClientRequest(WebSocketURL(address: address, target: "/"))
                    request.compresses = false
                    return request
                },
                take: { event in
                    switch event {
                    case .attempting: tally.attempted()
                    case .opened: tally.opened(number)
                    case .message, .ended, .failed, .waiting, .givenUp: break
                    }
                })
            client.start()
            clients.append(client)
            while tally.openCount + 32 < clients.count { try? await Task.sleep(for: .milliseconds(2)) }
        }
        while tally.openCount < clients.count { try? await Task.sleep(for: .milliseconds(2)) }
        return clients
    }

    private static func stop(_ clients: [ReconnectingClient]) async {
        await withTaskGroup { group in
            for client in clients { group.addTask { await client.stop() } }
        }
    }
}

/// The server's door: how many opening handshakes it takes in a second.
private final class StormDoor: Sendable {
    private struct State {
        var isNarrow = false
        var tokens: Double
        var filled = Clock.now()
        var connections: [WebSocketConnection] = []
    }

    private let capacity: Double
    private let state: Mutex<State>

    init(capacity: Int) {
        self.capacity = Double(capacity)
        state = Mutex(State(tokens: Double(capacity) / 10))
    }

    func server(_ options: WebSocketServer.Options) -> WebSocketServer {
        let server = WebSocketServer(options)
        server.onRequest { [self] _ in
            mayEnter() ? .accept : .refuse(status: 503, "The server takes \(Int(capacity)) handshakes a second.")
        }
        server.onConnection { [self] connection in
            state.withLock { $0.connections.append(connection) }
        }
        return server
    }

    /// From now on the capacity holds.
    func open() { state.withLock { $0.isNarrow = true } }

    func abortAll() {
        let connections = state.withLock { state in
            defer { state.connections = [] }
            return state.connections
        }
        for connection in connections { connection.abort() }
    }

    /// A token bucket that holds a tenth of a second's worth.
    private func mayEnter() -> Bool {
        state.withLock { state in
            guard state.isNarrow else { return true }
            let now = Clock.now()
            let seconds = Double(now.since(state.filled)) / 1e9
            state.tokens = min(state.tokens + seconds * capacity, capacity / 10)
            state.filled = now
            guard state.tokens >= 1 else { return false }
            state.tokens -= 1
            return true
        }
    }
}
