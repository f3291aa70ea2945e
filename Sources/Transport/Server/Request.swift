internal import Wire

/// A client's request to open a connection: what a server decides on.
public struct Request: Sendable {
    let head: HTTPHead
    /// Who asks, where the server has `Authentication` and the request tells.
    package internal(set) var user: String?

    init(_ head: HTTPHead) { self.head = head }

    var isGet: Bool { method == "GET" }

    var method: String {
        if case .request(let method, _, _) = head.startLine { method } else { "" }
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

    /// The first value of that name in the query, as it stands there.
    package func query(_ name: String) -> String? {
        let pairs = target.drop { $0 != "?" }.dropFirst().split(separator: "&")
        return pairs.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.utf8.count + 1)) }
    }

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
