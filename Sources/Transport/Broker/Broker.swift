/// Carries what is said on one node to all nodes that share it.
///
/// Two ways, with two promises. *Published* messages reach the nodes that are there at the time, at most once, and
/// nobody keeps them: Redis Pub/Sub. *Appended* ones get a number and are kept for a while, so that who was away can
/// read them: a stream. Topics are strings; what is carried are bytes.
package protocol Broker: AnyObject, Sendable {
    /// This node's name among those that share the broker.
    var node: String { get }

    /// Whether other nodes may be there. Where none can, nothing needs to be copied for them.
    var isShared: Bool { get }

    /// Tells `take` what happens on a topic, one event after the other, from any thread, until the subscription is
    /// cancelled. `.subscribed` comes first, as soon as nothing that is said from now on is missed.
    func subscribe(_ topic: String, _ take: @escaping @Sendable (BrokerEvent) -> Void) -> BrokerSubscription

    /// Tells the other nodes, not this one.
    /// - Returns: False where the broker is out of reach: nobody else will ever hear it.
    @discardableResult
    func publish(_ payload: [UInt8], to topic: String) -> Bool

    /// Appends to the topic's journal and tells all nodes, this one included.
    /// - Parameter key: The same key gives the same position again, and nothing is appended twice; for a sender that
    ///   did not hear the answer. Kept for some minutes.
    func append(_ payload: [UInt8], key: String, to topic: String) async throws(BrokerFailure) -> JournalPosition

    /// What the journal holds behind `position`, oldest first; from its beginning for nil.
    /// - Parameter limit: The most entries of the page.
    func read(_ topic: String, after position: JournalPosition?, limit: Int) async throws(BrokerFailure) -> JournalPage

    /// Lets go of everything. Subscriptions fall silent.
    func stop() async
}

/// What happens on a topic.
package enum BrokerEvent: Hashable, Sendable {
    /// From here on nothing is missed. Told again after each gap.
    case subscribed
    /// From another node.
    case published([UInt8])
    /// From any node.
    case appended(JournalEntry)
    /// The broker is out of reach.
    case lost
    /// It is back: what was published meanwhile is lost. `.subscribed` follows.
    case restored(BrokerGap)
}

/// A time in which a node and its broker did not hear each other.
package struct BrokerGap: Hashable, Sendable {
    /// In milliseconds.
    package let duration: Int
    /// Messages of this node that could not be published meanwhile.
    package let unpublished: Int

    package init(duration: Int, unpublished: Int) {
        self.duration = duration
        self.unpublished = unpublished
    }
}

/// Why a broker did not do it, for a person.
package struct BrokerFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let why: String
    package var description: String { why }

    package init(_ why: String) { self.why = why }

    static let stopped = BrokerFailure("the broker was stopped")
}

/// What a broker tells its node, for the log.
package enum BrokerNotice: Hashable, Sendable {
    case connected
    case lost(why: String)
    /// An attempt to reach it again failed; the next one follows so many milliseconds later.
    case unreachable(why: String, retryIn: Int)
    case restored(BrokerGap, topics: Int)
}

extension BrokerNotice: CustomStringConvertible {
    package var description: String {
        switch self {
        case .connected: "connected"
        case .lost(let why): "lost: \(why); this node serves on alone, and tries to reach it again"
        case .unreachable(let why, let wait): "not reached: \(why); the next attempt in \(wait) ms"
        case .restored(let gap, let topics):
            "back after \(gap.duration) ms, \(topics) topics subscribed again; what other nodes published meanwhile is "
                + "lost, and \(gap.unpublished) messages of this node did not reach them"
        }
    }
}
