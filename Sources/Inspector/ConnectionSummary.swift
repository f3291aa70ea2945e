package import Connection
import Wire

/// A connection as the log knows it now.
package struct ConnectionSummary: Sendable {
    package let id: ConnectionID
    /// nil where the recording does not tell how it opened.
    package let opening: Opening?
    package let opened: Timestamp
    /// When something last happened on it.
    package internal(set) var last: Timestamp
    package internal(set) var state = State.connecting
    /// The target of its last request, as the client wrote it; text of the peer.
    package internal(set) var path: String?
    /// Its opening handshake: both heads with every demand judged, as far as they came.
    package internal(set) var request: Event.Head?
    package internal(set) var response: Event.Head?
    package internal(set) var handshake: Event.Handshake?
    package internal(set) var traffic = BothSides(Traffic())
    /// Of demands in the opening handshake, frames and messages.
    package internal(set) var violations = 0
    /// A Ping or Pong has been seen.
    package internal(set) var hasHeartbeat = false
    package internal(set) var roundTrips = RoundTrips()
    package internal(set) var closure: Closure?
    /// How many rows of the log it has.
    package internal(set) var rowCount = 0

    package enum State: Hashable, Sendable {
        /// TCP is there; the opening handshake is not complete.
        case connecting
        /// Frames may flow.
        case open
        /// A Close, FIN or RST was seen.
        case closing
        case closed
        /// Not a WebSocket connection, or not one that can be decoded.
        case other
    }
}
