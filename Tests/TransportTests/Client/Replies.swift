import Synchronization
import Transport
import Wire

/// A client's events, to be waited for one after the other.
final class Replies: Sendable {
    enum Reply: Hashable {
        case opened
        case message(Message.Kind, [UInt8])
        case ping([UInt8])
        case pong([UInt8], isAnswer: Bool)
        case closed(ClosePayload)
        case ended(ClientEnding)

        init(_ event: ClientEvent) {
            self =
                switch event {
                case .opened: .opened
                case .message(let kind, let bytes): .message(kind, bytes)
                case .ping(let payload): .ping(payload)
                case .pong(let payload, let roundTrip): .pong(payload, isAnswer: roundTrip.map { $0 > 0 } ?? false)
                case .closed(let payload): .closed(payload)
                case .ended(let ending): .ended(ending)
                }
        }
    }

    private let stream: AsyncStream<Reply>
    private let continuation: AsyncStream<Reply>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    /// A connection whose first event, `.opened`, is taken already.
    func connect(
        to address: HostPort, _ target: String = "/", configure: (inout ClientRequest) -> Void = { _ in }
    ) async throws -> WebSocketClient {
        var request = ClientRequest(WebSocketURL(address: address, target: target))
        configure(&request)
        let client = try await WebSocketClient.connect(request) { [continuation] _, event in
            continuation.yield(Reply(event))
        }
        _ = await next()
        return client
    }

    func next() async -> Reply? {
        for await reply in stream { return reply }
        return nil
    }

    /// The text of the next message.
    func nextText() async -> String? {
        guard case .message(.text, let bytes)? = await next() else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
