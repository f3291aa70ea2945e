/// What the operator of a proxy should know and a recording may not show.
package enum ProxyNotice: Hashable, Sendable {
    /// A client got a 502 in place of the upstream.
    case upstreamFailed(client: HostPort, TransportError)
    /// A connection broke in a way other than FIN and RST.
    case broke(client: HostPort, reason: String)
    /// As many connections are open as are allowed; further ones wait.
    case full(Int)
    /// The system would not give a socket for a client.
    case acceptFailed(String)
}

extension ProxyNotice: CustomStringConvertible {
    package var description: String {
        switch self {
        case .upstreamFailed(let client, let error): "client \(client) got a 502: \(error)"
        case .broke(let client, let reason): "connection of client \(client) broke: \(reason)"
        case .full(let limit): "\(limit) connections are open, the limit; further clients wait"
        case .acceptFailed(let reason): "a client could not be accepted: \(reason)"
        }
    }
}
