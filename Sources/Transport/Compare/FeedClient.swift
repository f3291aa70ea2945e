import Connection
import Foundation
import Synchronization

/// One client of a feed by one of the transports, which comes back where it was when its connection is lost.
package final class FeedClient: Sendable {
    private struct State {
        var last = 0
        var isReady = false
        var task: Task<Void, Never>?
        var socket: ReconnectingClient?
        var link: HTTPLink?
        var isStopped = false
    }

    private let transport: FeedTransport
    private let address: HostPort
    private let pollInterval: Duration
    private let take: @Sendable (FeedItem) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - pollInterval: Between two short polls.
    ///   - take: Told each event once, in order.
    package init(
        _ transport: FeedTransport, _ address: HostPort, pollInterval: Duration,
        take: @escaping @Sendable (FeedItem) -> Void
    ) {
        self.transport = transport
        self.address = address
        self.pollInterval = pollInterval
        self.take = take
    }

    /// The identifier of the newest event that it has.
    package var last: Int { state.withLock { $0.last } }
    /// Whether its connection stands.
    package var isReady: Bool { state.withLock { $0.isReady } }

    package func start() {
        if transport == .webSocket { return startSocket() }
        let task = Task { await self.run() }
        state.withLock { $0.task = task }
    }

    package func stop() async {
        let (task, socket, link) = state.withLock { state in
            state.isStopped = true
            return (state.task, state.socket, state.link)
        }
        task?.cancel()
        link?.close()
        await socket?.stop()
        await task?.value
    }

    /// Cuts its connection, as a network does; it comes back.
    package func cut() {
        let (socket, link) = state.withLock { ($0.socket, $0.link) }
        socket?.client?.abort()
        link?.close()
    }

    private func hear(_ item: FeedItem) {
        let isNew = state.withLock { state in
            guard item.id > state.last else { return false }
            state.last = item.id
            return true
        }
        if isNew { take(item) }
    }

    // MARK: WebSocket

    private func startSocket() {
        let socket = ReconnectingClient(
            .fullJitter(base: .milliseconds(100), cap: .seconds(5)),
            request: { [self] in
                var request = ClientRequest(WebSocketURL(address: address, target: "/?after=\(last)"))
                request.compresses = false
                return request
            },
            take: { [self] event in
                switch event {
                case .opened: state.withLock { $0.isReady = true }
                case .message(_, let bytes): hear(json: bytes)
                case .attempting, .ended, .failed, .waiting, .givenUp: break
                }
            })
        state.withLock { $0.socket = socket }
        socket.start()
    }

    private func hear(json: [UInt8]) {
        if let item = JSONLine.value(FeedItem.self, String(decoding: json, as: UTF8.self)) { hear(item) }
    }

    // MARK: HTTP

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func run() async {
        var random = SystemRandomNumberGenerator()
        var attempt = 0
        let policy = ReconnectPolicy.fullJitter(base: .milliseconds(100), cap: .seconds(5))
        while !isStopped {
            do throws(TransportError) {
                let link = try await HTTPLink.connect(to: address)
                state.withLock { $0.link = link }
                defer { link.close() }
                attempt = 0
                try await serve(link)
            } catch {
                try? await Task.sleep(for: policy.delay(attempt: attempt, using: &random))
                attempt += 1
            }
        }
    }

    private func serve(_ link: HTTPLink) async throws(TransportError) {
        switch transport {
        case .webSocket: break
        case .serverSentEvents: try await stream(link)
        case .longPolling: while !isStopped { try await poll(link) }
        case .shortPolling:
            // Not all clients ask in the same moment.
            try? await Task.sleep(for: pollInterval * Double.random(in: 0...1))
            while !isStopped {
                try await poll(link)
                try? await Task.sleep(for: pollInterval)
            }
        }
    }

    private func poll(_ link: HTTPLink) async throws(TransportError) {
        state.withLock { $0.isReady = true }
        let answer = try await link.ask("GET", "/?after=\(last)")
        for item in JSONLine.value([FeedItem].self, answer.text) ?? [] { hear(item) }
    }

    private func stream(_ link: HTTPLink) async throws(TransportError) {
        let parser = Mutex(EventStreamParser())
        let last = last
        var fields = ["Accept": "text/event-stream"]
        if last > 0 { fields["Last-Event-ID"] = "\(last)" }
        _ = try await link.ask("GET", "/", fields) { [self] bytes in
            state.withLock { $0.isReady = true }
            for event in parser.withLock({ $0.parse(bytes) }) { hear(json: Array(event.data.utf8)) }
        }
    }
}
