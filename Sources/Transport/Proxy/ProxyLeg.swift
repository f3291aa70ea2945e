import Glibc
import NIOCore
import NIOSSL
import NIOTLS
import Wire

/// One of the two TCP connections of a proxied connection: the one at whose other end is `side`.
///
/// The last handler of its channel, so that what it reads and writes is plaintext. It knows how TCP and NIO behave;
/// what follows from it for the other leg is for the `ProxiedConnection`.
final class ProxyLeg: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    let side: Side
    private let connection: ProxiedConnection
    private(set) var context: ChannelHandlerContext?
    /// False while more is buffered than the high water mark.
    private(set) var isWritable = true
    /// The other side sends no more.
    private(set) var isInputEnded = false
    private(set) var isGone = false

    private var isReadWaiting = false
    private var isFinishing = false
    private var isOutputClosed = false
    private var isClosedHere = false
    private var failure: (any Error)?

    init(_ side: Side, of connection: ProxiedConnection) {
        self.side = side
        self.connection = connection
    }

    // MARK: What the connection asks

    func write(_ bytes: ByteBuffer) { context?.write(wrapOutboundOut(bytes), promise: nil) }

    func flush() { context?.flush() }

    /// Reads on where a read had to wait.
    func resumeReading() {
        guard isReadWaiting, let context else { return }
        isReadWaiting = false
        read(context: context)
    }

    /// Sends a FIN behind everything that was written; closes the leg if its input has ended too.
    func finish() {
        guard let context, !isFinishing, !isGone else { return }
        isFinishing = true
        // NIO closes at once, pending writes and all, where the input has ended before: so wait for the last write.
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenSuccess { self.endOutput() }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
    }

    /// Closes at once with a RST, as the side at the other leg did.
    func abort() {
        guard let context, !isGone else { return }
        isClosedHere = true
        context.flush()
        _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        // TLS would first say goodbye and wait for an answer.
        let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLHandler.self)
        (tls ?? context).close(mode: .all, promise: nil)
    }

    private func endOutput() {
        guard let context, !isGone else { return }
        isOutputClosed = true
        isClosedHere = isInputEnded
        context.close(mode: isInputEnded ? .all : .output, promise: nil)
    }

    // MARK: What NIO tells

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) { connection.connected(self, context.channel) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.received(unwrapInboundIn(data), by: self)
    }

    func channelReadComplete(context: ChannelHandlerContext) { connection.receivedAll(by: self) }

    func read(context: ChannelHandlerContext) {
        if connection.mayRead(self) { context.read() } else { isReadWaiting = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        if isWritable { connection.becameWritable(self) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: endInput()
        case TLSUserEvent.handshakeCompleted: connection.secured(self)
        case _: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The channel closes next. A FIN without the TLS alert close_notify is still a FIN.
        if case NIOSSLError.uncleanShutdown? = error as? NIOSSLError { return }
        if failure == nil { failure = error }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isGone = true
        if isClosedHere {
            // Nothing to tell: the other leg knows.
        } else if let failure {
            connection.broke(self, failure)
        } else if isOutputClosed, !isInputEnded {
            // NIO tells no `inputClosed` where the output was closed before.
            endInput()
        } else {
            connection.broke(self, IOError(errnoCode: ECONNRESET, reason: "the connection is gone"))
        }
        connection.ended(self)
    }

    private func endInput() {
        guard !isInputEnded else { return }
        isInputEnded = true
        connection.inputEnded(self)
    }
}
