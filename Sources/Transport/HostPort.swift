/// An address as a person writes it: `HOST:PORT`, with an IPv6 address in brackets.
public struct HostPort: Hashable, Sendable {
    /// A name or an IP address, without brackets.
    public let host: String
    /// 0 asks the system for a free port.
    public let port: Int

    /// - Precondition: `port` is within 0…65535.
    public init(host: String, port: Int) {
        precondition((0...0xffff).contains(port), "a port is within 0…65535")
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:9001`, `localhost:9001`, `[::1]:9001`, and `9001` or `:9001` for loopback; nil for anything else.
    public init?(_ text: String) {
        let host: Substring
        let port: Substring
        if text.hasPrefix("["), let bracket = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<bracket]
            let rest = text[text.index(after: bracket)...]
            guard rest.first == ":", host.contains(":") else { return nil }
            port = rest.dropFirst()
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        } else {
            host = ""
            port = text[...]
        }
        guard let number = HostPort.port(port), HostPort.isHost(host) else { return nil }
        self.init(host: host.isEmpty ? "127.0.0.1" : String(host), port: number)
    }

    /// Whether `host` reaches this machine only: `localhost` and below it, 127.0.0.0/8 or ::1.
    public static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// A decimal number within 0…65535, digits only.
    static func port(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt16(text).map(Int.init)
    }

    /// No character that would end a host in a URL or a header, and nothing invisible.
    static func isHost(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"/?#@[]\\\"<>^`{|}".utf8.contains($0) }
    }
}

extension HostPort: CustomStringConvertible {
    /// As a person writes it, IPv6 in brackets.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
