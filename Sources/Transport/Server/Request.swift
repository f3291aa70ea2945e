internal import Wire

/// A client's request to open a connection: what a server decides on.
public struct Request: Sendable {
    let head: HTTPHead

    init(_ head: HTTPHead) { self.head = head }

    var isGet: Bool {
        if case .request("GET", _, _) = head.startLine { true } else { false }
    }

    /// Path and query as the client sent them, such as `/chat/blue?name=x`. Of a whole URI, RFC 9112 §3.2.2, what is
    /// behind its authority.
    public var target: String {
        let target = head.target ?? "/"
        if target.hasPrefix("/") { return target }
        let slashes = target.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return slashes.count == 4 && slashes[1].isEmpty ? "/" + slashes[3] : "/"
    }

    /// The target up to its query.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// The values of every header field of that name, without regard to case.
    public func header(_ name: String) -> [String] { head.values(name) }

    /// The subprotocols that the client offers, in its order of preference.
    public var subprotocols: [String] { head.tokens("Sec-WebSocket-Protocol") }
}

/// What a server answers to a request.
public enum Answer: Hashable, Sendable {
    /// - Parameter subprotocol: One of those offered.
    case accept(subprotocol: String?)
    /// With an HTTP status such as 401, 403 or 404, and a text for a person.
    case refuse(status: Int, String)

    /// Without a subprotocol.
    public static var accept: Answer { .accept(subprotocol: nil) }
}
