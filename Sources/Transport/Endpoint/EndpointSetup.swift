import Connection
import Wire

/// What an endpoint's handler needs to know besides the endpoint.
struct EndpointSetup {
    let side: Side
    /// The bytes are inside TLS.
    let isTLS: Bool
    /// The most bytes that may wait to be sent, before `EndpointDelegate.overflowed`.
    let queueLimit: Int
    let tap: (any Tap)?
    /// Who records: "serve", "connect", "demo".
    let source: String
    /// What happens at `queueLimit`.
    var policy = QueuePolicy.disconnect
}
