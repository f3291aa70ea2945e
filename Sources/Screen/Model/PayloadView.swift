import Connection

/// The ways to look at a payload.
enum PayloadView: String, Hashable, Sendable, CaseIterable {
    case bits, text, json, hex

    var title: String { self == .json ? "JSON" : rawValue }
}

/// What is open over the ladder.
enum Detail: Hashable, Sendable {
    /// A frame, by the id of its row.
    case frame(Int)
    /// The opening handshake of a connection.
    case handshake(ConnectionID)
    /// How a connection ended.
    case closing(ConnectionID)
    case help
}
