package import Wire

/// Who may connect: a server on loopback can be reached from any web page that a browser on this machine shows.
///
/// - Origin (RFC 6455 §10.2, CWE-346, CWE-1385): browsers say whose page it is. Pages of this machine may connect, and
///   those allowed. Programs send none, and pass.
/// - Host (CWE-350): a page of a name that its owner lets resolve to 127.0.0.1 (DNS rebinding) shows in its Host.
package struct OriginCheck: Sendable {
    /// Origins such as `https://app.example`; `*` for all.
    package var allowedOrigins: [String]
    /// Further names under which the server is reached, without port; `*` for all.
    package var allowedHosts: [String]

    package init(allowedOrigins: [String] = [], allowedHosts: [String] = []) {
        self.allowedOrigins = allowedOrigins
        self.allowedHosts = allowedHosts
    }

    /// - Parameter localIP: The IP address at which the connection came in.
    /// - Returns: Why the request is refused; nil where it is not.
    package func refusal(of head: HTTPHead, localIP: String?) -> String? {
        let host = head.values("Host").first ?? ""
        guard isOwn(host, localIP) else {
            return """
                The request's Host is "\(SafeText.escape(host))", which is no name of this server.
                A web page may have tricked a browser into this request (DNS rebinding, CWE-350).
                Connect to 127.0.0.1 or localhost, or start the server with --allow-host and that name.
                """
        }
        guard let origin = head.values("Origin").first, !isAllowed(origin) else { return nil }
        return """
            The request comes from a web page of "\(SafeText.escape(origin))", and this server takes none but those of \
            this machine (RFC 6455 §10.2, CWE-1385).
            If that page may connect, start the server with --allow-origin \(SafeText.escape(origin))
            """
    }

    private func isOwn(_ authority: String, _ localIP: String?) -> Bool {
        let host = OriginCheck.host(authority)
        if HostPort.isLoopback(host) { return true }
        if allowedHosts.contains(where: { $0 == "*" || $0.lowercased() == host.lowercased() }) { return true }
        // A number cannot be rebound: who wrote it, meant this machine.
        return host == localIP
    }

    private func isAllowed(_ origin: String) -> Bool {
        if allowedOrigins.contains(where: { $0 == "*" || $0.lowercased() == origin.lowercased() }) { return true }
        for scheme in ["http://", "https://"] where origin.lowercased().hasPrefix(scheme) {
            return HostPort.isLoopback(OriginCheck.host(String(origin.dropFirst(scheme.count))))
        }
        return false
    }

    /// An authority without its port, an IPv6 address without its brackets.
    private static func host(_ authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[authority.index(after: authority.startIndex)..<end])
        }
        return String(authority.prefix { $0 != ":" })
    }
}
