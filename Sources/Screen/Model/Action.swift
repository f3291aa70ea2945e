/// What a person asks of the place Watch.
enum Action: Hashable, Sendable {
    /// Rows up (negative) or down, in the ladder, the connections list or an open panel.
    case move(Int)
    case page(Int)
    case first, last
    /// Fields of the bit ruler, then bytes of the payload.
    case field(Int)
    /// The next frame while one is open.
    case neighbour(Int)
    case match(Int)
    case open, back
    case focusConnections
    /// The opening handshake, and the end, of the connection.
    case handshake, closing
    case connection(Int)
    case follow, pause
    case clock
    case view(Int)
    case showAll
    case filter, command
    case help, quit, suspend, redraw
}
