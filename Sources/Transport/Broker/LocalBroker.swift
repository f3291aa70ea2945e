import Connection
import Synchronization

/// A broker within one process: for a server that is alone, and for several nodes of one program that share a hub.
package final class LocalBroker: Broker {
    package let node: String
    private let hub: LocalHub
    /// Milliseconds since the connection was cut; nil while it is there.
    private let cut = Mutex<(since: UInt64, unpublished: Int)?>(nil)

    /// - Parameter hub: What it shares with the brokers of other nodes; a hub of its own for a server that is alone.
    package init(node: String = "local", sharing hub: LocalHub? = nil) {
        self.node = node
        self.hub = hub ?? LocalHub()
        isShared = hub != nil
    }

    package let isShared: Bool

    package func subscribe(
        _ topic: String, _ take: @escaping @Sendable (BrokerEvent) -> Void
    ) -> BrokerSubscription {
        let subscription = BrokerSubscription(topic, take) { [hub, node] in hub.remove($0, of: node) }
        hub.add(subscription, of: node)
        return subscription
    }

    @discardableResult
    package func publish(_ payload: [UInt8], to topic: String) -> Bool {
        let isCut = cut.withLock { cut in
            cut?.unpublished += 1
            return cut != nil
        }
        guard !isCut else { return false }
        if isShared { hub.publish(payload, to: topic, from: node) }
        return true
    }

    package func append(
        _ payload: [UInt8], key: String, to topic: String
    ) async throws(BrokerFailure) -> JournalPosition {
        guard cut.withLock({ $0 == nil }) else { throw BrokerFailure("the broker is out of reach") }
        return hub.append(payload, key: key, to: topic)
    }

    package func read(
        _ topic: String, after position: JournalPosition?, limit: Int
    ) async throws(BrokerFailure) -> JournalPage {
        guard cut.withLock({ $0 == nil }) else { throw BrokerFailure("the broker is out of reach") }
        return hub.read(topic, after: position, limit: limit)
    }

    package func stop() async { hub.removeAll(of: node) }

    // MARK: For whoever wants to see what a lost broker does

    /// This node and the hub do not hear each other any more.
    package func disconnect() {
        let wasThere = cut.withLock { cut in
            defer { cut = cut ?? (Clock.milliseconds(), 0) }
            return cut == nil
        }
        if wasThere { hub.cut(node) }
    }

    package func reconnect() {
        guard let cut = cut.withLock({ $0.take() }) else { return }
        let duration = Int(Clock.milliseconds() - cut.since)
        hub.restore(node, BrokerGap(duration: duration, unpublished: cut.unpublished))
    }
}

extension Clock {
    /// Since 1970.
    static func milliseconds() -> UInt64 { now().nanoseconds / 1_000_000 }
}
