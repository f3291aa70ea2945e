/// A WebSocket URL, RFC 6455 §3: `ws://HOST[:PORT][/PATH][?QUERY]`, or `wss` for TLS.
public struct WebSocketURL: Hashable, Sendable {
    /// The scheme is `wss`.
    public let isTLS: Bool
    /// Where the server is; the port is the scheme's own where the URL names none.
    public let address: HostPort
    /// Path and query as they stand in the request line; at least `/`.
    public let target: String

    /// A URL of these parts.
    public init(isTLS: Bool = false, address: HostPort, target: String = "/") {
        self.isTLS = isTLS
        self.address = address
        self.target = target
    }

    /// Reads `ws`, `wss`, and `http`, `https`, which mean the same here; throws what is wrong and what to write instead.
    public init(parsing text: String) throws(TransportError) {
        func wrong(_ why: String) -> TransportError {
            TransportError(
                what: "this is no WebSocket URL: \(text)", why: why,
                advice: "write it as ws://HOST:PORT/PATH or wss://…")
        }
        guard let colon = text.range(of: "://") else { throw wrong("it has no scheme") }
        switch text[..<colon.lowerBound].lowercased() {
        case "ws", "http": isTLS = false
        case "wss", "https": isTLS = true
        case let scheme: throw wrong("its scheme is \(scheme)")
        }
        let rest = text[colon.upperBound...]
        // "Fragment identifiers are meaningless in the context of WebSocket URIs and MUST NOT be used", §3.
        guard !rest.contains("#") else { throw wrong("it has a fragment, which §3 forbids") }
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
            throw wrong("it has a space or a control character")
        }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@") else { throw wrong("a user and password do not belong in it") }
        guard let address = WebSocketURL.address(authority, defaultPort: isTLS ? 443 : 80) else {
            throw wrong("\"\(authority)\" is no host and port")
        }
        self.address = address
        target = WebSocketURL.target(rest[end...])
    }

    /// What the Host header says: no port where it is the scheme's own.
    public var authority: String {
        guard address.port == (isTLS ? 443 : 80) else { return address.description }
        return address.host.contains(":") ? "[\(address.host)]" : address.host
    }

    private static func address(_ authority: Substring, defaultPort: Int) -> HostPort? {
        let text = String(authority)
        let hasPort = text.hasPrefix("[") ? text.contains("]:") : text.contains(":")
        guard let address = HostPort(hasPort ? text : "\(text):\(defaultPort)"), address.port != 0 else { return nil }
        return authority.isEmpty || authority.hasPrefix(":") ? nil : address
    }

    /// Characters outside ASCII are percent-encoded as UTF-8.
    private static func target(_ text: Substring) -> String {
        var target = text.hasPrefix("/") ? "" : "/"
        for byte in text.utf8 {
            if byte < 0x80 {
                target.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                target += "%" + String(byte, radix: 16, uppercase: true)
            }
        }
        return target
    }
}

extension WebSocketURL: CustomStringConvertible {
    /// As a person writes it.
    public var description: String { "\(isTLS ? "wss" : "ws")://\(authority)\(target)" }
}

extension StringProtocol {
    /// The first place where `text` stands in `self`.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
