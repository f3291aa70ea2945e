import Connection
import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Wire

/// The TCP connection: how it begins, and how each side of it ends.
extension EndpointHandler {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { beginServing() }
    }

    func channelActive(context: ChannelHandlerContext) { beginServing() }

    private func beginServing() {
        if setup.side == .server { begin() }
    }

    /// A server's connection begins when it is there; a client's when it was chosen among those to several addresses.
    func begin() {
        guard let context, !hasBegun else { return }
        hasBegun = true
        commons.add(self)
        openLine(context)
        drainOutput()
    }

    private func openLine(_ context: ChannelHandlerContext) {
        guard let tap = setup.tap, line == nil, let opening = opening(context) else { return }
        line = TapLine(tap, opening, at: Clock.now(), on: context.eventLoop) { [weak self] in self?.resumeReading() }
    }

    private func opening(_ context: ChannelHandlerContext) -> Opening? {
        guard let local = Address(context.channel.localAddress), let remote = Address(context.channel.remoteAddress)
        else { return nil }
        let isServer = setup.side == .server
        return Opening(
            client: isServer ? remote : local, server: isServer ? local : remote, isTLS: setup.isTLS,
            source: setup.source)
    }

    /// Tells one more tap of this connection, from its opening handshake on, whose request has come already.
    func join(_ tap: any Tap, after request: HTTPHead) {
        guard let context, let opening = opening(context) else { return }
        let now = Clock.now()
        if let line {
            let id = tap.open(opening, at: now)
            _ = request.bytes.withUnsafeBytes { tap.bytes(id, from: setup.side.peer, at: now, $0) }
            line.join(tap, id)
        } else {
            let line = TapLine(tap, opening, at: now, on: context.eventLoop) { [weak self] in self?.resumeReading() }
            request.bytes.withUnsafeBytes { line.bytes(from: setup.side.peer, at: now, $0) }
            self.line = line
        }
    }

    /// Does what the endpoint wants of TCP now.
    func settle() {
        drainOutput()
        switch endpoint.tcp {
        case .keep: break
        case .finish:
            isFinishing = true
            outbox = nil
            endOutputIfDone()
        case .abort: abort()
        }
    }

    /// Sends the FIN behind the last byte.
    func endOutputIfDone() {
        guard isFinishing, !isOutputEnding, queue.readableBytes == 0, let context else { return }
        isOutputEnding = true
        flushNow()
        // NIO closes at once, pending writes and all, where the input has ended before: so wait for the last write.
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenSuccess { self.endOutput() }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
    }

    private func endOutput() {
        guard let context else { return }
        tcp.hasFinished = true
        line?.fin(from: setup.side, at: Clock.now())
        context.close(mode: tcp.hasPeerFinished ? .all : .output, promise: nil)
        resumeReading()
    }

    /// Ends TCP at once, with a RST.
    func abort() {
        guard let context, tcp.resetBy == nil else { return }
        tcp.resetBy = setup.side
        _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        // TLS would first say goodbye and wait for an answer.
        let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLHandler.self)
        (tls ?? context).close(mode: .all, promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { endInput() }
    }

    private func endInput() {
        guard !tcp.hasPeerFinished else { return }
        tcp.hasPeerFinished = true
        line?.fin(from: setup.side.peer, at: Clock.now())
        if let reaction = endpoint.inputEnded(now: Clock.now()) { react(reaction) }
        if tcp.hasFinished { context?.close(mode: .all, promise: nil) } else { settle() }
        flushNow()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A FIN without the TLS alert close_notify is still a FIN.
        if case NIOSSLError.uncleanShutdown? = error as? NIOSSLError { return }
        if tcp.error == nil { tcp.error = error }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    private func end() {
        guard !hasEnded else { return }
        hasEnded = true
        if hasBegun {
            noteLastEnd()
            commons.remove(self)
        }
        let reaction = endpoint.inputEnded(now: Clock.now())
        if case .failed? = reaction { delegate?.failed() }
        delegate?.ended(tcp)
        delegate = nil
    }

    /// What ended TCP where nothing told so far.
    private func noteLastEnd() {
        guard tcp.resetBy == nil, !(tcp.hasFinished && tcp.hasPeerFinished) else {
            if tcp.resetBy == setup.side { line?.reset(from: setup.side, at: Clock.now()) }
            return
        }
        if tcp.hasFinished, tcp.error == nil {
            // NIO tells no `inputClosed` where the output was closed before.
            tcp.hasPeerFinished = true
            line?.fin(from: setup.side.peer, at: Clock.now())
        } else if (tcp.error as? IOError)?.errnoCode == ECONNRESET || (tcp.error as? IOError)?.errnoCode == EPIPE {
            tcp.resetBy = setup.side.peer
            line?.reset(from: setup.side.peer, at: Clock.now())
        } else if !tcp.hasFinished {
            tcp.hasFinished = true
            line?.fin(from: setup.side, at: Clock.now())
        }
    }
}
