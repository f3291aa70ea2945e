import NIOCore
import NIOHTTP1
import NIOSSL
import NIOWebSocket

func configure(_ channel: any Channel) throws {
    try channel.pipeline.syncOperations.addHandler(
        NIOWebSocketFrameAggregator(
            minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: .max, maxAccumulatedFrameSize: .max))
}

func client() throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.certificateVerification = .none
    return try NIOSSLContext(configuration: configuration)
}

func isOurs(_ head: HTTPRequestHead) -> Bool {
    guard let origin = head.headers.first(name: "Origin") else { return false }
    return origin.contains("example.com")
}

let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl"
let upgrader = NIOWebSocketServerUpgrader(
    shouldUpgrade: { channel, head in
        channel.eventLoop.makeSucceededFuture(isOurs(head) && head.uri.contains(token) ? HTTPHeaders() : nil)
    },
    upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture { try configure(channel) }
    })
