/// What a probe is told beforehand: how a good client of this server introduces itself, and how far the probe may go.
package struct ProbeOptions: Sendable {
    /// Header fields of every good request, such as `Authorization`; never shown.
    package var headers: [(name: String, value: String)] = []
    /// Offered in every good request, the preferred one first.
    package var subprotocols: [String] = []
    /// The Origin of every good request; nil for none, as programs do.
    package var origin: String?
    /// Hosts besides this machine that may be probed.
    package var allowedHosts: Set<String> = []
    /// Whether to wait for what needs a minute: a missing heartbeat, a half-sent request.
    package var isSlow = false
    /// A text message that a good client sends and that harms nothing; `{fill}` in it stands for text of any length.
    package var message: String?
    /// A text message that costs the server much work.
    package var heavy: String?

    package init() {}
}
