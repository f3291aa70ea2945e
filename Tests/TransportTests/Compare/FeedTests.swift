import Synchronization
import Testing
import Transport

struct FeedTests {
    private final class Heard: Sendable {
        private let state = Mutex<[Int]>([])
        var numbers: [Int] { state.withLock { $0 } }
        func take(_ item: FeedItem) { state.withLock { $0.append(item.id) } }
    }

    @Test(arguments: FeedTransport.allCases)
    func bringsEveryEventOnceAndInOrder(transport: FeedTransport) async throws {
        let source = FeedSource()
        let service = try await FeedService.start(transport, source)
        source.emit("before", at: Clock.now())
        let heard = Heard()
        let client = FeedClient(transport, service.address, pollInterval: .milliseconds(5), take: heard.take)
        client.start()
        for _ in 1...20 {
            source.emit("x", at: Clock.now())
            try await Task.sleep(for: .milliseconds(1))
        }
        while heard.numbers.count < 21 { try await Task.sleep(for: .milliseconds(2)) }
        #expect(heard.numbers == Array(1...21))
        await client.stop()
        await service.stop()
    }

    @Test(arguments: FeedTransport.allCases)
    func goesOnWhereItWasAfterALostConnection(transport: FeedTransport) async throws {
        let source = FeedSource()
        let service = try await FeedService.start(transport, source)
        let heard = Heard()
        let client = FeedClient(transport, service.address, pollInterval: .milliseconds(5), take: heard.take)
        client.start()
        source.emit("x", at: Clock.now())
        while heard.numbers.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        client.cut()
        for _ in 1...5 { source.emit("x", at: Clock.now()) }
        while heard.numbers.count < 6 { try await Task.sleep(for: .milliseconds(2)) }
        #expect(heard.numbers == Array(1...6))
        await client.stop()
        await service.stop()
    }

    /// A push costs no request an event, a short poll costs one whether there is an event or not.
    @Test func comparisonCountsWhatEachCosts() async throws {
        var options = ComparisonOptions()
        options.events = 10
        options.clients = 2
        options.meanGap = .milliseconds(10)
        options.pollInterval = .milliseconds(50)
        let results = try await Comparison.run(options)
        #expect(results.map(\.transport) == FeedTransport.allCases)
        #expect(results.allSatisfy { $0.heard == 20 && $0.expected == 20 })
        let requests = results.map(\.wire.requests)
        #expect(requests[0] == 2 && requests[1] == 2 && requests[2] > 2)
        #expect(results.allSatisfy { $0.wire.sent > 0 && $0.wire.received > 0 && $0.processor > .zero })
        #expect(results.allSatisfy { $0.wire.mostOpen == 2 })
    }
}
