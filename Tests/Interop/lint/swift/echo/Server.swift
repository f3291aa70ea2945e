import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let upgrader = NIOWebSocketServerUpgrader(
    maxFrameSize: 1 << 24,
    shouldUpgrade: { channel, head in channel.eventLoop.makeSucceededFuture(HTTPHeaders()) },
    upgradePipelineHandler: { channel, _ in channel.pipeline.addHandler(EchoHandler()) })

final class EchoHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        guard frame.opcode == .text else { return }
        var bytes = frame.unmaskedData
        let order = try! JSONDecoder().decode(Order.self, from: Data(bytes.readableBytesView))
        Thread.sleep(forTimeInterval: order.pause)
        context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .text, data: bytes)), promise: nil)
    }
}

struct Order: Decodable { let pause: Double }

let bootstrap = ServerBootstrap(group: group).childChannelInitializer { channel in
    channel.pipeline.configureHTTPServerPipeline(
        withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in }))
}
try bootstrap.bind(host: "127.0.0.1", port: 8080).wait().closeFuture.wait()
