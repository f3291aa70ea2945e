import Synchronization
import Testing
import Transport

/// What a topic told, in its order.
private final class Heard: Sendable {
    private let state = Mutex<[BrokerEvent]>([])
    var events: [BrokerEvent] { state.withLock { $0 } }
    func take(_ event: BrokerEvent) { state.withLock { $0.append(event) } }
}

struct LocalBrokerTests {
    private let hub = LocalHub()

    @Test func whatIsPublishedReachesTheOtherNodesOnly() {
        let (one, two) = (LocalBroker(node: "one", sharing: hub), LocalBroker(node: "two", sharing: hub))
        let (hereHeard, thereHeard) = (Heard(), Heard())
        let here = one.subscribe("t", hereHeard.take)
        let there = two.subscribe("t", thereHeard.take)
        #expect(one.publish([1], to: "t"))
        #expect(one.publish([2], to: "other"))
        #expect(hereHeard.events == [.subscribed])
        #expect(thereHeard.events == [.subscribed, .published([1])])
        there.cancel()
        one.publish([3], to: "t")
        #expect(thereHeard.events.count == 2)
        here.cancel()
    }

    @Test func whatIsAppendedIsNumberedAndReachesAll() async throws {
        let (one, two) = (LocalBroker(node: "one", sharing: hub), LocalBroker(node: "two", sharing: hub))
        let heard = Heard()
        let subscription = one.subscribe("t", heard.take)
        let first = try await one.append([1], key: "a", to: "t")
        let second = try await two.append([2], key: "b", to: "t")
        #expect(first.precedes(second) && first.number == 1)
        #expect(
            heard.events == [
                .subscribed, .appended(JournalEntry(position: first, payload: [1])),
                .appended(JournalEntry(position: second, payload: [2])),
            ])
        subscription.cancel()
    }

    @Test func theSameKeyIsAppendedOnce() async throws {
        let broker = LocalBroker()
        let first = try await broker.append([1], key: "a", to: "t")
        #expect(try await broker.append([1], key: "a", to: "t") == first)
        #expect(try await broker.read("t", after: nil, limit: 9).entries.count == 1)
    }

    @Test func aPageIsWhatStandsBehindThePosition() async throws {
        let broker = LocalBroker()
        var positions: [JournalPosition] = []
        for number: UInt8 in 1...5 { positions.append(try await broker.append([number], key: "\(number)", to: "t")) }
        let page = try await broker.read("t", after: positions[1], limit: 2)
        #expect(page.entries.map(\.payload) == [[3], [4]])
        #expect(page.first == positions[0] && page.last == positions[4])
    }

    @Test func aJournalIsBounded() async throws {
        var limits = JournalLimits()
        limits.entries = 3
        let broker = LocalBroker(sharing: LocalHub(limits: limits))
        for number: UInt8 in 1...5 { _ = try await broker.append([number], key: "\(number)", to: "t") }
        #expect(try await broker.read("t", after: nil, limit: 9).entries.map(\.payload) == [[3], [4], [5]])
        limits.entries = 100
        limits.bytes = 10
        let small = LocalBroker(sharing: LocalHub(limits: limits))
        for number: UInt8 in 1...5 { _ = try await small.append([number, 0, 0, 0], key: "\(number)", to: "t") }
        #expect(try await small.read("t", after: nil, limit: 9).entries.count == 2)
    }

    @Test func theNumberOfJournalsIsBounded() async throws {
        var limits = JournalLimits()
        limits.journals = 2
        let broker = LocalBroker(sharing: LocalHub(limits: limits))
        for topic in ["a", "b", "c"] { _ = try await broker.append([1], key: "k", to: topic) }
        #expect(try await broker.read("a", after: nil, limit: 1).last == nil)
        #expect(try await broker.read("c", after: nil, limit: 1).last != nil)
    }

    @Test func aGapIsToldWithWhatCouldNotBePublished() async throws {
        let (one, two) = (LocalBroker(node: "one", sharing: hub), LocalBroker(node: "two", sharing: hub))
        let heard = Heard()
        let subscription = one.subscribe("t", heard.take)
        one.disconnect()
        #expect(!one.publish([1], to: "t"))
        two.publish([2], to: "t")
        await #expect(throws: BrokerFailure.self) { try await one.append([1], key: "a", to: "t") }
        one.reconnect()
        guard heard.events.count == 4, case .restored(let gap) = heard.events[2] else {
            Issue.record("\(heard.events)")
            return
        }
        #expect(gap.unpublished == 1)
        #expect(heard.events[0] == .subscribed && heard.events[1] == .lost && heard.events[3] == .subscribed)
        subscription.cancel()
    }
}
