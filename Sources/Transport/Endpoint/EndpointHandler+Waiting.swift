import Connection
import NIOCore
import Wire

/// What has to wait for a slow reader, and what happens when it is more than may wait.
extension EndpointHandler {
    func enqueue(
        _ opcode: Opcode, _ payload: UnsafeRawBufferPointer, fin: Bool, compressing: Bool, topic: String?
    ) -> Bool {
        switch setup.policy {
        case .dropOldest where fin && opcode != .continuation, .newestPerTopic where fin && opcode != .continuation:
            guard endpoint.state == .open else { return false }
            let outbox = outbox ?? Outbox(limit: setup.queueLimit, keepsNewest: setup.policy == .newestPerTopic)
            self.outbox = outbox
            let dropped = outbox.append(Outbox.Waiting(opcode: opcode, payload: Array(payload), topic: topic))
            if dropped > 0 { commons.counters.dropped.add(dropped) }
            return true
        case .disconnect, .wait, .dropOldest, .newestPerTopic:
            let isOpen = endpoint.write(opcode, payload, fin: fin, compressing: compressing, to: &queue)
            checkQueue(adding: payload.count)
            return isOpen
        }
    }

    /// More waits than may; whoever sends here should wait, too.
    var isFull: Bool { fullSince != nil }

    private func checkQueue(adding count: Int) {
        // One message alone may be as long as it likes.
        guard !hasOverflowed, queue.readableBytes > setup.queueLimit, queue.readableBytes > count + 16 else { return }
        if case .wait = setup.policy {
            if fullSince == nil { fullSince = Clock.now() }
            // What is on its way already when its senders are held is taken; not what somebody sends nevertheless.
            guard queue.readableBytes / EndpointHandler.mostOver > setup.queueLimit else { return }
        }
        overflow()
    }

    /// So many times the limit may wait while senders are held.
    private static let mostOver = 4

    private func overflow() {
        hasOverflowed = true
        // Nobody waits for who is let go.
        fullSince = nil
        delegate?.overflowed()
    }

    /// The policy is to wait, and that was long enough.
    func endPatience(at now: Timestamp) {
        guard case .wait(let patience) = setup.policy, let fullSince, !hasOverflowed,
            now.since(fullSince) > patience.inNanoseconds
        else { return }
        overflow()
        flushNow()
    }

    /// The channel takes more: hands over what waits, and tells when that was all.
    func flushWaiting() {
        flushQueue()
        flushOutbox()
        guard !isBackedUp else { return }
        fullSince = nil
        delegate?.drained()
    }

    private func flushOutbox() {
        guard let context else { return }
        var buffer = ByteBuffer()
        while isWritable, let message = outbox?.popFirst() {
            message.payload.withUnsafeBytes { _ = endpoint.write(message.opcode, $0, to: &buffer) }
            guard buffer.readableBytes >= EndpointHandler.portion || outbox?.count == 0 else { continue }
            tell(buffer)
            context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
            buffer = ByteBuffer()
        }
        if outbox?.count == 0 { outbox = nil }
    }

    /// So many bytes are made into frames at a time: what is a frame cannot be dropped any more.
    private static let portion = 64 * 1024

    /// Makes frames of all that waits: the Close is to come behind it.
    func commitOutbox() {
        guard let outbox else { return }
        while let message = outbox.popFirst() {
            message.payload.withUnsafeBytes { _ = endpoint.write(message.opcode, $0, to: &queue) }
        }
        self.outbox = nil
    }

    /// Bytes that wait in this process.
    var waitingBytes: Int {
        guard !isWritable || queuedBytes > 0 else { return 0 }
        return queuedBytes + ((try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0)
    }
}
