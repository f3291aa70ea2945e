import NIOCore

/// How both legs of a proxied connection treat their sockets.
enum ProxySocket {
    /// Beyond it the other leg is not read.
    private static let waterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 32 * 1024, high: 64 * 1024)
    private static let largestRead = 128 * 1024

    /// Called before the channel is active.
    static func configure(_ channel: any Channel) throws {
        guard let options = channel.syncOptions else { return }
        try options.setOption(.allowRemoteHalfClosure, value: true)
        try options.setOption(.tcpOption(.tcp_nodelay), value: 1)
        try options.setOption(.socketOption(.so_keepalive), value: 1)
        try options.setOption(.writeBufferWaterMark, value: waterMark)
        try options.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(minimum: 2048, initial: 4096, maximum: largestRead))
        // A channel keeps as many buffers as it reads in a row; one is as fast, for the socket is ready again at once.
        try options.setOption(.maxMessagesPerRead, value: 1)
    }
}
