import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection of an HTTP client, kept alive; one request at a time.
package final class HTTPLink: Sendable {
    private let channel: any Channel
    private let host: String

    private init(_ channel: any Channel, host: String) {
        self.channel = channel
        self.host = host
    }

    package static func connect(to address: HostPort) async throws(TransportError) -> HTTPLink {
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(10))
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        try channel.pipeline.syncOperations.addHandler(HTTPLinkHandler())
                    }
                }
                .connect(host: address.host, port: address.port).get()
            return HTTPLink(channel, host: address.description)
        } catch {
            throw .connecting(to: address, error)
        }
    }

    /// - Parameter take: Told each piece of the body as it comes; then the answer's body is empty.
    package func ask(
        _ method: String, _ target: String, _ fields: [String: String] = [:], body: [UInt8] = [],
        take: (@Sendable ([UInt8]) -> Void)? = nil
    ) async throws(TransportError) -> HTTPAnswer {
        var headers = HTTPHeaders([("Host", host)] + fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        if !body.isEmpty { headers.add(name: "Content-Length", value: "\(body.count)") }
        let head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: method), uri: target, headers: headers)
        let channel = channel
        do {
            return try await channel.eventLoop.flatSubmit { () -> EventLoopFuture<HTTPAnswer> in
                let promise = channel.eventLoop.makePromise(of: HTTPAnswer.self)
                do {
                    let handler = try channel.pipeline.syncOperations.handler(type: HTTPLinkHandler.self)
                    handler.expect(promise, take)
                } catch {
                    promise.fail(error)
                }
                channel.write(HTTPClientRequestPart.head(head), promise: nil)
                if !body.isEmpty {
                    channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
                }
                channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
                return promise.futureResult
            }.get()
        } catch {
            throw TransportError(
                what: "no answer from http://\(host)\(target)", why: TransportError.reason(error),
                advice: "check that the server still runs")
        }
    }

    package func close() { channel.close(promise: nil) }
}

/// Collects one answer.
private final class HTTPLinkHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private enum Fault: Error, CustomStringConvertible {
        case closed, tooLong
        var description: String { self == .closed ? "the connection ended" : "the answer is too long" }
    }

    private var promise: EventLoopPromise<HTTPAnswer>?
    private var take: (@Sendable ([UInt8]) -> Void)?
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []
    private var isClosed = false

    private static let longestBody = 16 << 20

    func expect(_ promise: EventLoopPromise<HTTPAnswer>, _ take: (@Sendable ([UInt8]) -> Void)?) {
        if isClosed { return promise.fail(Fault.closed) }
        self.promise = promise
        self.take = take
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer):
            if let take {
                take(Array(buffer.readableBytesView))
            } else if body.count + buffer.readableBytes <= HTTPLinkHandler.longestBody {
                body += buffer.readableBytesView
            } else {
                end(.failure(Fault.tooLong), context)
            }
        case .end:
            guard let head else { return }
            let fields = Dictionary(head.headers.map { ($0.name, $0.value) }) { first, _ in first }
            promise.take()?.succeed(HTTPAnswer(status: Int(head.status.code), fields: fields, body: body))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isClosed = true
        promise.take()?.fail(Fault.closed)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { end(.failure(error), context) }

    private func end(_ result: Result<HTTPAnswer, any Error>, _ context: ChannelHandlerContext) {
        promise.take()?.completeWith(result)
        context.close(promise: nil)
    }
}
