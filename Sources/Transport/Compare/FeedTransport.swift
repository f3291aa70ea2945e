/// The ways from a server with news to a client that wants them.
package enum FeedTransport: String, CaseIterable, Hashable, Sendable, Codable {
    case webSocket = "websocket"
    case serverSentEvents = "sse"
    case longPolling = "long-polling"
    case shortPolling = "short-polling"

    package var title: String {
        switch self {
        case .webSocket: "WebSocket"
        case .serverSentEvents: "SSE"
        case .longPolling: "long polling"
        case .shortPolling: "short polling"
        }
    }
}
