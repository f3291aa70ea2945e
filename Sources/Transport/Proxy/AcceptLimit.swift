import NIOCore

/// Accepts no more clients while as many connections are open as are allowed, so that the rest wait in the listening
/// socket's queue.
final class AcceptLimit: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias OutboundIn = Never

    private let limit: Int
    private let register: ProxyRegister
    private let report: @Sendable (ProxyNotice) -> Void
    /// Told once: at the limit each client that leaves makes room for one.
    private var wasFull = false

    init(limit: Int, register: ProxyRegister, report: @escaping @Sendable (ProxyNotice) -> Void) {
        self.limit = limit
        self.register = register
        self.report = report
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        register.accepted()
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        let channel = context.channel
        let hasRoom = register.hasRoom { channel.eventLoop.execute { channel.read() } }
        if hasRoom { return context.read() }
        if !wasFull { report(.full(limit)) }
        wasFull = true
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        report(.acceptFailed("\(error)"))
        context.fireErrorCaught(error)
    }
}
