/// One thing that runs in a lab.
package struct LabActor: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The teaching server with a scenario on every path.
        case server(scenario: String, switches: [LabSwitch])
        /// A server that plays lines on each connection.
        case scriptedServer(lines: [String], isTogether: Bool, switches: [LabSwitch])
        /// A faulty peer of the zoo.
        case peer(fault: String)
        /// A connection that the learner types into.
        case hand(Connection)
        /// A connection that plays lines by itself.
        /// - Parameter waits: Until a line says `:run NAME`.
        case script(Connection, lines: [String], waits: Bool)
        /// The learner's own program: an address is shown, and a proxy watches.
        case yourClient
        /// The learner's own server, whose address the learner tells.
        case yourServer
    }

    /// A client's connection, and how it begins.
    package struct Connection: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable { case raw, client, http }

        package var kind: Kind
        package var path = "/"
        /// For a raw connection: the opening handshake is done when the learner comes.
        package var isOpened = false
        /// Whether it connects when the lab starts.
        package var connects = true
        package var origin: String?
        package var fields: [LabSwitch] = []
        package var subprotocols: [String] = []
        package var compresses = false
    }

    package let name: String
    package let kind: Kind
    /// The server that it connects to; nil for the first one.
    package let to: String?
    package let line: Int

    package var isHand: Bool {
        if case .hand = kind { true } else { false }
    }
}

/// A name and a value, both as the author wrote them: a switch of a server, or a header field.
package struct LabSwitch: Hashable, Sendable {
    package let name: String
    package let value: String
    package let line: Int

    package init(name: String, value: String, line: Int = 0) {
        self.name = name
        self.value = value
        self.line = line
    }
}
