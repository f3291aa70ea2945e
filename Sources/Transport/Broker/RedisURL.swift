/// Where a Redis server is: `redis://HOST[:PORT]`. A password is not part of it, for a command line can be read by every
/// user of a machine.
package struct RedisURL: Hashable, Sendable {
    package let address: HostPort

    package init(address: HostPort) { self.address = address }

    /// Reads `redis://HOST[:PORT]`, the port 6379 unless told; throws what is wrong and what to write instead.
    package init(parsing text: String) throws(TransportError) {
        func wrong(_ why: String, _ advice: String = "write it as redis://HOST:PORT") -> TransportError {
            TransportError(what: "this is no address of a broker", why: why, advice: advice)
        }
        let scheme = "redis://"
        guard text.lowercased().hasPrefix(scheme) else { throw wrong("it does not begin with \(scheme)") }
        var rest = text.dropFirst(scheme.count)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard !rest.contains("@") else {
            throw wrong(
                "it holds a user or password", "every user of this machine could read it; set \(RedisURL.passwordName)")
        }
        guard !rest.contains("/"), !rest.contains("?") else {
            throw wrong("there is more behind the port; databases play no part in Pub/Sub")
        }
        let hasPort = rest.hasPrefix("[") ? rest.contains("]:") : rest.contains(":")
        guard let address = HostPort(hasPort ? String(rest) : "\(rest):6379"), address.port != 0, !rest.isEmpty,
            !rest.hasPrefix(":")
        else { throw wrong("it names no host and port") }
        self.address = address
    }

    /// The environment variable of the password.
    package static let passwordName = "WS101_BROKER_PASSWORD"
}

extension RedisURL: CustomStringConvertible {
    package var description: String { "redis://\(address)" }
}
