import Connection
import Glibc
import NIOCore
import NIOSSL

/// The one handler of a raw connection: holds what came until it is asked for, and reads only when it may.
final class RawHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Written { case taken, late, failed }

    private let eventLoop: any EventLoop
    private var context: ChannelHandlerContext?
    private var held = ByteBuffer()
    private var end: RawConnection.End?
    private var receiver: Deadlined<RawConnection.Received>?
    private var readsAhead = true
    private var isReading = false
    /// A write was given up: its bytes may be half on their way.
    private var isStuck = false

    private static let heldLimit = 1 << 20

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) {
        finish(.lost("the connection is gone"))
        self.context = nil
    }

    // MARK: In

    func channelActive(context: ChannelHandlerContext) { readIfWanted() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        held.writeBuffer(&buffer)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        deliver()
        readIfWanted()
    }

    func receive(until deadline: Timestamp) -> EventLoopFuture<RawConnection.Received> {
        // What came before the end is still to be told.
        let receiver = Deadlined<RawConnection.Received>(on: eventLoop, deadline, late: .silence)
        self.receiver = receiver
        deliver()
        readIfWanted()
        return receiver.future
    }

    private func deliver() {
        guard let receiver, receiver.isOpen else { return }
        if let bytes = held.readBytes(length: held.readableBytes), !bytes.isEmpty {
            held.clear()
            self.receiver = nil
            receiver.finish(.bytes(bytes))
        } else if let end {
            self.receiver = nil
            receiver.finish(.ended(end))
        }
    }

    func readAhead(_ isOn: Bool) {
        readsAhead = isOn
        readIfWanted()
    }

    private func readIfWanted() {
        let isWanted = readsAhead ? held.readableBytes < RawHandler.heldLimit : receiver?.isOpen == true
        // What is asked of a channel before it is active, NIO forgets; `channelActive` comes here again.
        guard isWanted, !isReading, end == nil, let context, context.channel.isActive else { return }
        isReading = true
        context.read()
    }

    // MARK: Out

    func write(_ bytes: ArraySlice<UInt8>, until deadline: Timestamp) -> EventLoopFuture<Written> {
        guard let context, end == nil else { return eventLoop.makeSucceededFuture(.failed) }
        let written = Deadlined<Written>(on: context.eventLoop, deadline, late: .late)
        guard !isStuck else {
            written.finish(.late)
            return written.future
        }
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { result in
            switch result {
            case .success: written.finish(.taken)
            case .failure: written.finish(.failed)
            }
        }
        written.future.assumeIsolated().whenSuccess { if $0 == .late { self.isStuck = true } }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: promise)
        return written.future
    }

    // MARK: The end

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A FIN without the TLS alert close_notify is still a FIN.
        if case NIOSSLError.uncleanShutdown? = error as? NIOSSLError { return }
        let code = (error as? IOError)?.errnoCode
        finish(code == ECONNRESET || code == EPIPE ? .reset : .lost(TransportError.reason(error)))
        context.close(promise: nil)
    }

    /// Told where half-closed connections are allowed: the peer sends no more, and may still read.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { finish(.fin) }
    }

    func channelInactive(context: ChannelHandlerContext) { finish(.fin) }

    private func finish(_ end: RawConnection.End) {
        if self.end == nil { self.end = end }
        deliver()
    }

    func closeOutput() -> EventLoopFuture<Void> {
        guard let context else { return eventLoop.makeSucceededVoidFuture() }
        return context.close(mode: .output)
    }

    func abort() {
        guard let context else { return }
        _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        close()
    }

    func close() {
        guard let context else { return }
        finish(.lost("closed here"))
        // TLS would first say goodbye and wait for an answer.
        let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLHandler.self)
        (tls ?? context).close(mode: .all, promise: nil)
    }
}
