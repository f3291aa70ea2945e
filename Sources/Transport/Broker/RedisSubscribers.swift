/// Who hears which topic, and whether Redis has confirmed that.
struct RedisSubscribers {
    private struct Topic {
        var subscriptions: [BrokerSubscription] = []
        var isConfirmed = false
    }

    private var topics: [String: Topic] = [:]

    var names: [String] { Array(topics.keys) }
    var confirmed: Int { topics.values.count { $0.isConfirmed } }

    /// - Returns: Whether Redis must be asked for the topic; where not, whether it is confirmed already.
    mutating func add(_ subscription: BrokerSubscription) -> (isNew: Bool, isConfirmed: Bool) {
        let isNew = topics[subscription.topic] == nil
        topics[subscription.topic, default: Topic()].subscriptions.append(subscription)
        return (isNew, topics[subscription.topic]?.isConfirmed == true)
    }

    /// - Returns: Whether nobody is left for the topic.
    mutating func remove(_ subscription: BrokerSubscription) -> Bool {
        topics[subscription.topic]?.subscriptions.removeAll { $0 === subscription }
        guard topics[subscription.topic]?.subscriptions.isEmpty == true else { return false }
        topics[subscription.topic] = nil
        return true
    }

    /// - Returns: Who is to be told.
    mutating func confirm(_ topic: String) -> [BrokerSubscription] {
        topics[topic]?.isConfirmed = true
        return topics[topic]?.subscriptions ?? []
    }

    func of(_ topic: String) -> [BrokerSubscription] {
        topics[topic].flatMap { $0.isConfirmed ? $0.subscriptions : nil } ?? []
    }

    /// Redis is gone, and with it every confirmation.
    /// - Returns: Who heard until now.
    mutating func unconfirm() -> [BrokerSubscription] {
        let heard = topics.values.filter(\.isConfirmed).flatMap(\.subscriptions)
        for name in topics.keys { topics[name]?.isConfirmed = false }
        return heard
    }

    mutating func removeAll() { topics = [:] }
}
