/// What the scenarios with rooms share with other nodes.
package struct BrokerSetup: Sendable {
    /// Where what is said goes besides this node.
    package var broker: any Broker
    /// The most members of a room on this node.
    package var mostMembers = Chat.mostMembers

    /// A server that is alone.
    package init(broker: any Broker = LocalBroker()) { self.broker = broker }
}

/// A scenario whose rooms are shared by the nodes of one broker.
package protocol BrokeredScenario: Scenario {
    init(_ setup: BrokerSetup)
}
