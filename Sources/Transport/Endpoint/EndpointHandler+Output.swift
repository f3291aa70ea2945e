import Connection
import NIOCore
import Wire

/// Everything that goes out. In a turn it is collected in `out`; where the channel takes no more, in `queue`, whose
/// frames can still be taken back.
extension EndpointHandler {
    /// The most that one turn hands to the channel beyond what the channel allows.
    private static let turnLimit = 4 * 1024 * 1024

    /// - Parameter topic: Where the policy is to keep the newest message of each topic that waits; nil for none.
    /// - Returns: False unless the connection is open.
    @discardableResult
    func send(
        _ opcode: Opcode, _ payload: UnsafeRawBufferPointer, fin: Bool = true, compressing: Bool = true,
        topic: String? = nil
    ) -> Bool {
        commons.counters.sent(payload.count)
        if mustQueue { return enqueue(opcode, payload, fin: fin, compressing: compressing, topic: topic) }
        if out.capacity == 0 { out = commons.takeWriteBuffer() }
        flushLater()
        return endpoint.write(opcode, payload, fin: fin, compressing: compressing, to: &out)
    }

    /// Sends bytes as they are, past the endpoint.
    func sendRaw(_ bytes: [UInt8]) {
        if mustQueue {
            queue.writeBytes(bytes)
        } else {
            out.writeBytes(bytes)
            flushLater()
        }
    }

    func ping(_ payload: [UInt8]) {
        endpoint.ping(payload, now: Clock.now())
        drainOutput()
    }

    func pong(_ payload: [UInt8]) {
        endpoint.pong(payload)
        drainOutput()
    }

    func close(_ code: StatusCode?, reason: String) {
        commitOutbox()
        endpoint.close(code, reason: reason, now: Clock.now())
        settle()
        flushLater()
    }

    /// Takes back every frame that has not begun to be sent, and closes.
    func closeDiscarding(_ code: StatusCode, reason: String) {
        queue.clear()
        outbox = nil
        close(code, reason: reason)
    }

    /// The server shuts down: 1001, or nothing at all where there is no connection yet.
    func goAway() {
        switch endpoint.state {
        case .connecting: abort()
        case .open: close(.goingAway, reason: "the server shuts down")
        case .closing, .closed: break
        }
    }

    /// The server restarts: 1012, at which a client may come back, after a random delay.
    func restart() {
        if case .open = endpoint.state { close(.serviceRestart, reason: "the server restarts") }
    }

    func accept(subprotocol: String?, compression: DeflateParameters?) {
        endpoint.accept(subprotocol: subprotocol, compression: compression, now: Clock.now())
        drainOutput()
    }

    func refuse(status: Int, fields: [(name: String, value: String)], body: String) {
        endpoint.refuse(status: status, fields: fields, body: body, now: Clock.now())
        drainOutput()
    }

    /// Bytes that wait here; what the system holds is not among them.
    var queuedBytes: Int { queue.readableBytes + out.readableBytes + (outbox?.size ?? 0) }

    /// What is sent now has to wait: the other side reads more slowly than this one sends.
    var isBackedUp: Bool { !isWritable || queue.readableBytes > 0 || outbox != nil }

    // MARK: The way to the channel

    private var mustQueue: Bool { isBackedUp || out.readableBytes > EndpointHandler.turnLimit }

    /// Control frames and handshakes, in their order with what was sent.
    func drainOutput() {
        guard endpoint.hasOutput else { return }
        if mustQueue {
            endpoint.takeOutput(into: &queue)
        } else {
            if out.capacity == 0 { out = commons.takeWriteBuffer() }
            endpoint.takeOutput(into: &out)
            flushLater()
        }
    }

    func flushNow() {
        isFlushDue = false
        guard out.readableBytes > 0, let context else { return }
        let buffer = out
        out = ByteBuffer()
        tell(buffer)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        commons.giveBack(write: buffer)
        // Where a turn wrote more than it may, and the system took it all nevertheless.
        if isWritable, queue.readableBytes > 0 || outbox != nil { flushWaiting() }
        resumeReading()
    }

    func flushQueue() {
        guard queue.readableBytes > 0, let context else { return }
        let buffer = queue
        queue = ByteBuffer()
        tell(buffer)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    func tell(_ buffer: ByteBuffer) {
        guard let line else { return }
        buffer.withUnsafeReadableBytes { line.bytes(from: setup.side, at: Clock.now(), $0) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        guard isWritable else { return }
        flushWaiting()
        guard !isBackedUp else { return }
        resumeReading()
        endOutputIfDone()
    }
}
