import Wire

/// The server that is probed.
package struct ProbeTarget: Hashable, Sendable {
    package let isTLS: Bool
    /// A name or an IP address, without brackets.
    package let host: String
    /// Host and port as the Host header has them.
    package let authority: String
    /// Path and query of the request line.
    package let target: String
    /// Whether it is this machine.
    package let isLoopback: Bool

    package init(isTLS: Bool, host: String, authority: String, target: String, isLoopback: Bool) {
        self.isTLS = isTLS
        self.host = host
        self.authority = authority
        self.target = target
        self.isLoopback = isLoopback
    }

    /// The target up to its query.
    var path: String { String(target.prefix { $0 != "?" }) }

    /// For findings: without the query, which may hold a token. Safe text.
    var url: String { SafeText.escape("\(isTLS ? "wss" : "ws")://\(authority)\(path)") }

    /// The Origin of a page that this server itself would serve.
    var ownOrigin: String { "\(isTLS ? "https" : "http")://\(authority)" }
}
