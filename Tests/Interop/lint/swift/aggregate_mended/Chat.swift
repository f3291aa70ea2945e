import NIOCore
import NIOHTTP1
import NIOWebSocket

let limit = 64 * 1024
let origins = ["https://app.example.com"]

func configure(_ channel: any Channel) throws {
    try channel.pipeline.syncOperations.addHandler(
        NIOWebSocketFrameAggregator(
            minNonFinalFragmentSize: 128, maxAccumulatedFrameCount: 64, maxAccumulatedFrameSize: limit))
    channel.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(20), delay: .seconds(20)) { _ in
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()), promise: nil)
    }
}

func isOurs(_ head: HTTPRequestHead) -> Bool {
    guard let origin = head.headers.first(name: "Origin") else { return false }
    return origins.contains(origin)
}

let upgrader = NIOWebSocketServerUpgrader(
    maxFrameSize: limit,
    shouldUpgrade: { channel, head in
        let isKnown = head.headers.first(name: "Authorization").map(Sessions.shared.isKnown) ?? false
        return channel.eventLoop.makeSucceededFuture(isOurs(head) && isKnown ? HTTPHeaders() : nil)
    },
    upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture { try configure(channel) }
    })
