package import Wire

/// How much an observer keeps of what others send.
package struct ObserverLimits: Hashable, Sendable {
    package var head: HTTPLimits
    /// Bytes of one message, or of one frame's payload, that are kept to be shown; all are counted and judged.
    package var message: Int
    /// Bytes to which one message is inflated before the observer gives up on its direction: what a compression bomb
    /// can make it work.
    package var inflated: Int
    /// Bytes of all messages under way on all connections.
    package var total: Int
    /// Pings of one side that wait for their Pong; of more, the oldest are forgotten.
    package var pings: Int
    /// Bytes that a client may send after its opening handshake before the server answers it.
    package var early: Int
    /// Requests of one connection that wait for their response.
    package var requests: Int
    /// Look for frames where a recording begins inside a connection or lacks bytes. What is found is marked.
    package var guesses: Bool

    package init(
        head: HTTPLimits = .default, message: Int = 16 << 20, inflated: Int = 256 << 20, total: Int = 256 << 20,
        pings: Int = 64, early: Int = 1 << 20, requests: Int = 64, guesses: Bool = false
    ) {
        self.head = head
        self.message = message
        self.inflated = inflated
        self.total = total
        self.pings = pings
        self.early = early
        self.requests = requests
        self.guesses = guesses
    }

    package static let `default` = ObserverLimits()
}
