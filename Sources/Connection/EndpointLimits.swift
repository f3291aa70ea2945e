package import Wire

/// How much an endpoint takes from its peer before it fails the connection, RFC 6455 §10.4.
package struct EndpointLimits: Hashable, Sendable {
    /// The longest payload of one data frame, in bytes.
    package var frame: Int
    /// The longest message, in bytes, after inflation.
    package var message: Int
    /// So many fragments of one message may be of any size, even empty.
    package var fragments: Int
    /// Each fragment beyond them must have brought this many bytes of the message, on average over all. A flood of tiny
    /// fragments, which costs the receiver far more than the sender, ends there; a long message cut into small pieces
    /// passes.
    package var fragmentBytes: Int
    package var http: HTTPLimits

    package init(
        frame: Int? = nil, message: Int = 1 << 20, fragments: Int = 4096, fragmentBytes: Int = 32,
        http: HTTPLimits = .default
    ) {
        self.frame = frame ?? message
        self.message = message
        self.fragments = fragments
        self.fragmentBytes = fragmentBytes
        self.http = http
    }

    package static let `default` = EndpointLimits()

    /// Whether a message may have so many fragments after so many bytes of payload.
    func allows(fragments count: Int, bytes: Int) -> Bool {
        count <= fragments || count &- fragments <= bytes / max(fragmentBytes, 1)
    }
}
