package import Wire

/// Where a page came from, as the Origin field tells it: scheme and host, RFC 6454 §6.2. In lower case.
package struct Origin: Hashable, Sendable {
    package let scheme: String
    /// Without a port; an IPv6 address without its brackets.
    package let host: String

    /// - Returns: nil for "null" and for what is no origin.
    package init?(_ text: String) {
        let text = text.lowercased()
        guard let (scheme, rest) = text.split(at: "://") else { return nil }
        self.scheme = String(scheme)
        host = Origin.host(of: rest.prefix { $0 != "/" })
        guard !scheme.isEmpty, !host.isEmpty else { return nil }
    }

    /// The host of "host", "host:port" or "[::1]:port".
    package static func host(of authority: some StringProtocol) -> String {
        if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
        return authority.prefix { $0 != ":" }.lowercased()
    }

    /// Of http and https: a page that any browser may load. Apps and browser extensions have schemes of their own.
    package var isWeb: Bool { scheme == "http" || scheme == "https" }

    /// What one owner has under a public suffix, so that its pages may trust each other: "example.co.uk" of
    /// "www.example.co.uk". Suffixes of two labels are known by their pattern and a short list, not by the whole public
    /// suffix list. An address is itself.
    package var domain: String { Origin.domain(of: host) }

    package static func domain(of host: String) -> String {
        let labels = host.split(separator: ".")
        guard labels.count > 2, labels.last?.utf8.allSatisfy(\.isDigit) == false, !host.contains(":") else {
            return host
        }
        let suffix = labels.suffix(2)
        let isNational = suffix.last?.count == 2 && secondLevels.contains(String(suffix.first ?? ""))
        let isShared = isNational || hosters.contains(suffix.joined(separator: "."))
        return labels.suffix(isShared ? 3 : 2).joined(separator: ".")
    }

    private static let secondLevels: Set<String> = [
        "co", "com", "org", "net", "gov", "gob", "ac", "edu", "ne", "or", "go", "nom", "mil",
    ]
    private static let hosters: Set<String> = [
        "github.io", "gitlab.io", "vercel.app", "netlify.app", "herokuapp.com", "pages.dev", "workers.dev", "web.app",
        "firebaseapp.com", "azurewebsites.net", "cloudfront.net", "amazonaws.com", "fly.dev", "onrender.com",
        "ngrok.io", "glitch.me", "repl.co",
    ]
}

/// Hosts that are this machine.
package enum Loopback {
    /// - Parameter host: A name or an address in text, without port and brackets.
    package static func contains(host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host == "0:0:0:0:0:0:0:1"
            || (host.hasPrefix("127.") && host.utf8.allSatisfy { $0.isDigit || $0 == 0x2e })
    }

    /// - Parameter ip: 4 or 16 bytes.
    package static func contains(ip: [UInt8]) -> Bool {
        if ip.count == 4 { return ip[0] == 127 }
        guard ip.count == 16 else { return false }
        let isMapped = ip[..<10].allSatisfy { $0 == 0 } && ip[10] == 0xff && ip[11] == 0xff
        return isMapped ? ip[12] == 127 : ip[..<15].allSatisfy { $0 == 0 } && ip[15] == 1
    }
}

extension HTTPHead {
    /// The first Origin that is one.
    package var origin: Origin? { values("Origin").lazy.compactMap(Origin.init).first }

    /// The host that was asked for, without its port, in lower case.
    package var host: String? { values("Host").first.map { Origin.host(of: $0) } }
}
