/// An Origin that a careless comparison takes for a good one. Each could be sent by a browser.
package struct OriginVariant: Hashable, Sendable {
    /// The mistake that lets it in.
    package let name: String
    package let origin: String

    /// - Parameter good: An Origin that is let in, such as "https://app.example:8443"; nil where none is known.
    package static func all(of good: String?) -> [OriginVariant] {
        let null = OriginVariant(name: "null", origin: "null")
        guard let good, let (scheme, host, port) = parts(good) else { return [null] }
        func variant(_ name: String, _ host: String, scheme other: String? = nil) -> OriginVariant {
            OriginVariant(name: name, origin: "\(other ?? scheme)://\(host)\(port)")
        }
        var variants = [null, variant("suffix", host + ".evil.example"), variant("backquote", host + "`.evil.example")]
        if let dot = host.lastIndex(of: ".") {
            variants.append(variant("dot", host.replacingCharacter(at: dot, with: "A")))
        }
        // A number has no subdomains, and those of localhost are this machine, too.
        let isName = host != "localhost" && host.contains { !$0.isNumber && $0 != "." }
        if isName { variants.append(variant("subdomain", "test." + host)) }
        if isName, scheme == "https" { variants.append(variant("scheme", host, scheme: "http")) }
        return variants
    }

    /// The port with its colon.
    private static func parts(_ origin: String) -> (scheme: String, host: String, port: String)? {
        guard let mark = origin.firstRange(of: "://") else { return nil }
        let rest = origin[mark.upperBound...]
        guard !rest.isEmpty, !rest.hasPrefix("[") else { return nil }
        let host = rest.prefix { $0 != ":" }
        return (String(origin[..<mark.lowerBound]), String(host), String(rest[host.endIndex...]))
    }
}

extension String {
    fileprivate func replacingCharacter(at index: Index, with character: Character) -> String {
        self[..<index] + String(character) + self[self.index(after: index)...]
    }
}
