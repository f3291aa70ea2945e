import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

let origins: Set<String> = ["https://app.example.com"]
let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let upgrader = NIOWebSocketServerUpgrader(
    shouldUpgrade: { channel, head in
        let isKnown = Tokens.holds(head.headers.first(name: "Authorization"))
        let isOurs = head.headers.first(name: "Origin").map(origins.contains) ?? true
        return channel.eventLoop.makeSucceededFuture(isKnown && isOurs ? HTTPHeaders() : nil)
    },
    upgradePipelineHandler: { channel, _ in channel.pipeline.addHandler(EchoHandler()) })

let bootstrap = ServerBootstrap(group: group).childChannelInitializer { channel in
    channel.pipeline.configureHTTPServerPipeline(
        withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in }))
}
try bootstrap.bind(host: "127.0.0.1", port: 8080).wait().closeFuture.wait()
