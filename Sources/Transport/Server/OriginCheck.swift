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
    /// What it does wrong on purpose: `originUnchecked`, `originSubstring`, `hostUnchecked`.
    package var faults: Set<Fault>

    package init(allowedOrigins: [String] = [], allowedHosts: [String] = [], faults: Set<Fault> = []) {
        self.allowedOrigins = allowedOrigins
        self.allowedHosts = allowedHosts
        self.faults = faults
    }

    /// - Parameter localIP: The IP address at which the connection came in.
    /// - Returns: Why the request is refused; nil where it is not.
    package func refusal(of head: HTTPHead, localIP: String?) -> String? {
        let host = head.values("Host").first ?? ""
        guard faults.contains(.hostUnchecked) || isOwn(host, localIP) else {
            return """
                The request's Host is "\(SafeText.escape(host))", which is no name of this server.
                A web page may have tricked a browser into this request (DNS rebinding, CWE-350).
                Connect to 127.0.0.1 or localhost, or start the server with --allow-host and that name.
                """
        }
        guard !faults.contains(.originUnchecked), let origin = head.values("Origin").first, !isAllowed(origin) else {
            return nil
        }
        return """
            The request comes from a web page of "\(SafeText.escape(origin))", and this server takes none but those of \
            this machine (RFC 6455 §10.2, CWE-1385).
            If that page may connect, start the server with --allow-origin \(SafeText.escape(origin))
            """
    }

    /// Where a cookie tells who it is, a page of this machine is not enough: another program's page would borrow the
    /// cookie as well as a foreign one. The page is the server's own, or listed.
    func refusalBesideCookie(of request: Request, isTLS: Bool) -> String? {
        guard let origin = request.header("Origin").first else { return nil }  // no browser, and no borrowed cookie
        let own = "\(isTLS ? "https" : "http")://\(request.header("Host").first ?? "")"
        if matches(origin, own) || isListed(origin) { return nil }
        return """
            The request carries a session's cookie, and comes from a web page of "\(SafeText.escape(origin))", which is not \
            this server's: a browser sends the cookie along whose page ever asks (cross-site WebSocket hijacking, CWE-1385).
            If that page may use the cookie, start the server with --allow-origin \(SafeText.escape(origin))
            """
    }

    private func isOwn(_ authority: String, _ localIP: String?) -> Bool {
        let host = OriginCheck.host(authority)
        if HostPort.isLoopback(host) { return true }
        if allowedHosts.contains(where: { $0 == "*" || $0.lowercased() == host.lowercased() }) { return true }
        // A number cannot be rebound: who wrote it, meant this machine.
        return host == localIP
    }

    private func isListed(_ origin: String) -> Bool {
        allowedOrigins.contains { $0 == "*" || matches(origin, $0) }
    }

    /// An origin is compared as a whole. The twin looks whether it occurs anywhere, and takes
    /// `https://app.example.evil.example` for `https://app.example`.
    private func matches(_ origin: String, _ allowed: String) -> Bool {
        faults.contains(.originSubstring)
            ? origin.lowercased().contains(allowed.lowercased()) : origin.lowercased() == allowed.lowercased()
    }

    private func isAllowed(_ origin: String) -> Bool {
        if isListed(origin) { return true }
        if faults.contains(.originSubstring), ["localhost", "127.0.0.1"].contains(where: origin.lowercased().contains) {
            return true
        }
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
