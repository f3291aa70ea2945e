import Synchronization

/// What the local brokers of several nodes share: their subscriptions and their journals.
package final class LocalHub: Sendable {
    private struct Subscriber {
        let node: String
        let subscription: BrokerSubscription
    }

    private struct State {
        var subscribers: [String: [Subscriber]] = [:]
        var journals: [String: LocalJournal] = [:]
        /// Counts what is done to journals, to know the one that was used least recently.
        var uses: UInt64 = 0
        var cut: Set<String> = []
        /// Told in this order by whoever came first: a taker may call back into the hub.
        var deliveries: [(BrokerSubscription, BrokerEvent)] = []
        var isDelivering = false
    }

    private let limits: JournalLimits
    private let state = Mutex(State())

    package init(limits: JournalLimits = JournalLimits()) { self.limits = limits }

    // MARK: Subscriptions

    func add(_ subscription: BrokerSubscription, of node: String) {
        change { state in
            state.subscribers[subscription.topic, default: []]
                .append(Subscriber(node: node, subscription: subscription))
            if !state.cut.contains(node) { state.deliveries.append((subscription, .subscribed)) }
        }
    }

    func remove(_ subscription: BrokerSubscription, of node: String) {
        state.withLock { state in
            state.subscribers[subscription.topic]?.removeAll { $0.subscription === subscription }
            if state.subscribers[subscription.topic]?.isEmpty == true { state.subscribers[subscription.topic] = nil }
        }
    }

    func removeAll(of node: String) {
        state.withLock { state in
            state.subscribers = state.subscribers.mapValues { $0.filter { $0.node != node } }
                .filter { !$0.value.isEmpty }
        }
    }

    func cut(_ node: String) {
        change { state in
            state.cut.insert(node)
            LocalHub.tell([.lost], allOf: node, &state)
        }
    }

    func restore(_ node: String, _ gap: BrokerGap) {
        change { state in
            state.cut.remove(node)
            LocalHub.tell([.restored(gap), .subscribed], allOf: node, &state)
        }
    }

    private static func tell(_ events: [BrokerEvent], allOf node: String, _ state: inout State) {
        let subscriptions = state.subscribers.values.joined().filter { $0.node == node }.map(\.subscription)
        for subscription in subscriptions { state.deliveries += events.map { (subscription, $0) } }
    }

    // MARK: Messages

    func publish(_ payload: [UInt8], to topic: String, from node: String) {
        change { state in
            for other in state.subscribers[topic] ?? [] where other.node != node && !state.cut.contains(other.node) {
                state.deliveries.append((other.subscription, .published(payload)))
            }
        }
    }

    func append(_ payload: [UInt8], key: String, to topic: String) -> JournalPosition {
        change { state in
            state.uses += 1
            var journal = state.journals[topic] ?? LocalJournal(epoch: Clock.milliseconds())
            journal.lastUse = state.uses
            let (entry, isNew) = journal.append(payload, key: key, limits)
            state.journals[topic] = journal
            forgetOldest(&state)
            if isNew {
                for one in state.subscribers[topic] ?? [] where !state.cut.contains(one.node) {
                    state.deliveries.append((one.subscription, .appended(entry)))
                }
            }
            return entry.position
        }
    }

    private func forgetOldest(_ state: inout State) {
        guard state.journals.count > limits.journals else { return }
        guard let oldest = state.journals.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        state.journals[oldest.key] = nil
    }

    func read(_ topic: String, after position: JournalPosition?, limit: Int) -> JournalPage {
        state.withLock { $0.journals[topic]?.page(after: position, limit: limit) }
            ?? JournalPage(entries: [], first: nil, last: nil)
    }

    /// Changes the state and then, outside the lock, tells what is to be told.
    private func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        let (result, delivers) = state.withLock { state in
            let result = body(&state)
            let delivers = !state.isDelivering && !state.deliveries.isEmpty
            if delivers { state.isDelivering = true }
            return (result, delivers)
        }
        if delivers { deliver() }
        return result
    }

    private func deliver() {
        while true {
            let due = state.withLock { state in
                defer { state.deliveries = [] }
                if state.deliveries.isEmpty { state.isDelivering = false }
                return state.deliveries
            }
            if due.isEmpty { return }
            for (subscription, event) in due { subscription.tell(event) }
        }
    }
}
