import Connection
import Synchronization

/// One transport's server and clients in a comparison.
final class ComparisonRun: Sendable {
    private let service: FeedService
    private let clients: [FeedClient]
    private let latencies: Latencies
    private let expected: Int
    /// What was spent before the first event: on opening connections, too.
    private let transport: FeedTransport

    private final class Latencies: Sendable {
        let nanoseconds = Mutex<[Int64]>([])
    }

    private init(_ service: FeedService, _ clients: [FeedClient], _ latencies: Latencies, expected: Int) {
        self.service = service
        self.clients = clients
        self.latencies = latencies
        self.expected = expected
        transport = service.transport
    }

    static func start(
        _ transport: FeedTransport, _ source: FeedSource, _ options: ComparisonOptions
    ) async throws(TransportError) -> ComparisonRun {
        let service = try await FeedService.start(transport, source)
        let latencies = Latencies()
        let clients = (0..<options.clients).map { _ in
            FeedClient(transport, service.address, pollInterval: options.pollInterval) { item in
                let late = Clock.now().since(Timestamp(nanoseconds: item.at))
                latencies.nanoseconds.withLock { $0.append(late) }
            }
        }
        for client in clients { client.start() }
        return ComparisonRun(service, clients, latencies, expected: options.clients * options.events)
    }

    /// Returns when every client is connected.
    func ready() async throws(TransportError) {
        let deadline = Clock.now().adding(nanoseconds: 20_000_000_000)
        while !clients.allSatisfy(\.isReady) {
            guard Clock.now() < deadline else {
                throw TransportError(
                    what: "the clients of \(transport.title) do not connect", why: "not all of them within 20 s",
                    advice: "try fewer")
            }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    var isComplete: Bool { latencies.nanoseconds.withLock { $0.count } >= expected }

    func result() async -> ComparedTransport {
        let sorted = latencies.nanoseconds.withLock { $0 }.map { Double($0) / 1e6 }.sorted()
        return ComparedTransport(
            transport: transport, heard: sorted.count, expected: expected, latencies: sorted,
            wire: service.count.figures, processor: await service.processorTime())
    }

    func stop() async {
        await withTaskGroup { group in
            for client in clients { group.addTask { await client.stop() } }
        }
        await service.stop()
    }
}
