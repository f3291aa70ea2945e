/// One of the two endpoints of a connection, RFC 6455 §1.2: the client, which opens it, or the server.
public enum Side: UInt8, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case client
    case server

    /// The other endpoint.
    @inlinable public var peer: Side { self == .client ? .server : .client }

    /// "client" or "server".
    public var description: String { self == .client ? "client" : "server" }
}
