import NIOCore
import NIOHTTP1
import Synchronization
import Wire

/// One connection of an `HTTPSite`: collects a request, hands it over, and writes what is answered.
final class HTTPSiteHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let count: WireCount
    private let handler: HTTPSite.Handler
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var responder: HTTPResponder?

    private static let longestBody = 64 << 10

    init(_ count: WireCount, _ handler: @escaping HTTPSite.Handler) {
        self.count = count
        self.handler = handler
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer):
            guard body.count + buffer.readableBytes <= HTTPSiteHandler.longestBody else {
                context.close(promise: nil)
                return
            }
            body += buffer.readableBytesView
        case .end:
            guard let head else { return }
            self.head = nil
            count.requested()
            call(head, context)
        }
    }

    private func call(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let responder = HTTPResponder(context.channel)
        self.responder = responder
        if let reason = refusal(of: head, context.channel.localAddress?.ipAddress) {
            return responder.answer(HTTPAnswer(status: 403, body: Array(reason.utf8)))
        }
        handler(HTTPCall(head, body: body), responder)
    }

    /// A page of any web site can send requests to a server on loopback.
    private func refusal(of head: HTTPRequestHead, _ localIP: String?) -> String? {
        var lines = ["GET / HTTP/1.1"]
        // The parser lets no line feed into a value.
        for name in ["Host", "Origin"] { lines += head.headers[name].map { "\(name): \($0)" } }
        return OriginCheck().refusal(
            of: HTTPHead(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)), localIP: localIP)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        responder?.ended()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// Answers one request, at once or bit by bit. From any thread.
package final class HTTPResponder: Sendable {
    private struct State {
        var isOver = false
        var whenEnded: (@Sendable () -> Void)?
    }

    private let channel: any Channel
    private let state = Mutex(State())

    init(_ channel: any Channel) { self.channel = channel }

    /// The whole answer. Only the first counts.
    package func answer(_ answer: HTTPAnswer) {
        guard claim() else { return }
        let channel = channel
        channel.eventLoop.execute {
            HTTPResponder.writeHead(answer.status, answer.fields, length: answer.body.count, to: channel)
            if !answer.body.isEmpty {
                channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: answer.body))), promise: nil)
            }
            channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
        }
    }

    /// Begins an answer that `write` continues, in chunks.
    package func begin(_ status: Int, _ fields: [String: String]) {
        let channel = channel
        channel.eventLoop.execute {
            HTTPResponder.writeHead(status, fields, length: nil, to: channel)
            channel.flush()
        }
    }

    /// A client that reads too slowly is let go: it comes back, and says what it had.
    package func write(_ text: String) {
        let channel = channel
        channel.eventLoop.execute {
            guard channel.isWritable else { return channel.close(promise: nil) }
            channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: text))), promise: nil)
        }
    }

    /// Calls `body` when it has been answered whole, or the client has gone before; at once where that is so already.
    package func onEnd(_ body: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if !state.isOver { state.whenEnded = body }
            return state.isOver
        }
        if isOver { body() }
    }

    func ended() {
        let body = state.withLock { state in
            state.isOver = true
            return state.whenEnded.take()
        }
        body?()
    }

    private func claim() -> Bool {
        let (isMine, body) = state.withLock { state in
            defer { state.isOver = true }
            return (!state.isOver, state.whenEnded.take())
        }
        // Off this thread's locks: whoever answers may hold one that the body wants.
        if let body { channel.eventLoop.execute(body) }
        return isMine
    }

    private static func writeHead(_ status: Int, _ fields: [String: String], length: Int?, to channel: any Channel) {
        var headers = HTTPHeaders(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        let hasBody = status != 204 && status != 304
        if hasBody {
            if let length {
                headers.add(name: "Content-Length", value: "\(length)")
            } else {
                headers.add(name: "Transfer-Encoding", value: "chunked")
            }
        }
        let head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
    }
}
