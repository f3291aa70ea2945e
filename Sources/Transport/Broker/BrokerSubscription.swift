import Synchronization

/// One taker of a topic's events. Cancelled, it hears no more; a call under way may still end.
package final class BrokerSubscription: Sendable {
    package let topic: String
    private let take: Mutex<(@Sendable (BrokerEvent) -> Void)?>
    private let ended: @Sendable (BrokerSubscription) -> Void

    init(
        _ topic: String, _ take: @escaping @Sendable (BrokerEvent) -> Void,
        ended: @escaping @Sendable (BrokerSubscription) -> Void
    ) {
        self.topic = topic
        self.take = Mutex(take)
        self.ended = ended
    }

    package func cancel() {
        let wasOpen = take.withLock { $0.take() != nil }
        if wasOpen { ended(self) }
    }

    func tell(_ event: BrokerEvent) { take.withLock { $0 }?(event) }
}
