import Connection
import NIOCore

/// What all connections on one event loop share, so that each of them holds nothing while it is idle: the memory to
/// read into and to write from, one clock tick for all deadlines, and one flush for all that was sent out of turn.
final class LoopCommons {
    let eventLoop: any EventLoop
    /// What happens on the loop, in numbers.
    let counters = LoopCounters()
    private var spareRead: ByteBuffer?
    private var spareWrite: ByteBuffer?
    private var handlers: [EndpointHandler] = []
    private var unflushed: [EndpointHandler] = []
    /// When messages were sent to many that wait for the flush.
    private var fanOuts: [Timestamp] = []
    private var tick: RepeatedTask?
    private var lastTick: Timestamp?

    /// Large reads make few system calls of large messages, and this much memory is needed once a loop.
    static let readSize = 256 * 1024
    private static let writeSize = 64 * 1024
    /// A larger buffer is not kept.
    private static let largestKept = 4 * 1024 * 1024
    /// How exact a deadline is.
    private static let tickInterval = TimeAmount.milliseconds(250)

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    // MARK: Memory

    /// Memory to read into, which nobody else refers to; comes back through `giveBack(read:)`.
    func takeReadBuffer(_ allocator: ByteBufferAllocator) -> ByteBuffer {
        guard var buffer = spareRead.take() else { return allocator.buffer(capacity: LoopCommons.readSize) }
        buffer.clear(minimumCapacity: LoopCommons.readSize)
        return buffer
    }

    func giveBack(read buffer: ByteBuffer) {
        if spareRead == nil, buffer.capacity >= LoopCommons.readSize { spareRead = buffer }
    }

    /// Empty memory to write into; comes back through `giveBack(write:)`, even where the channel still sends from it.
    func takeWriteBuffer() -> ByteBuffer {
        // One connection after the other needs only the spare one. Where many are written to before the first is flushed,
        // as in a broadcast, each takes what its message needs and no more.
        guard var buffer = spareWrite.take() else { return ByteBuffer() }
        buffer.clear(minimumCapacity: LoopCommons.writeSize)
        return buffer
    }

    func giveBack(write buffer: ByteBuffer) {
        if spareWrite == nil, buffer.capacity <= LoopCommons.largestKept { spareWrite = buffer }
    }

    // MARK: Connections

    func add(_ handler: EndpointHandler) {
        handler.index = handlers.count
        handlers.append(handler)
        guard tick == nil else { return }
        lastTick = Clock.now()
        let commons = NIOLoopBound(self, eventLoop: eventLoop)
        tick = eventLoop.scheduleRepeatedTask(
            initialDelay: LoopCommons.tickInterval, delay: LoopCommons.tickInterval
        ) { _ in commons.value.wakeDue() }
    }

    func remove(_ handler: EndpointHandler) {
        guard let last = handlers.popLast() else { return }
        if last !== handler {
            handlers[handler.index] = last
            last.index = handler.index
        }
        if handlers.isEmpty {
            tick?.cancel()
            tick = nil
            lastTick = nil
            counters.waits(in: [])
        }
    }

    func forEach(_ body: (EndpointHandler) -> Void) {
        for handler in handlers { body(handler) }
    }

    private func wakeDue() {
        let now = Clock.now()
        if let lastTick { counters.ticked(now.since(lastTick) - LoopCommons.tickInterval.nanoseconds, at: now) }
        for handler in handlers { handler.wake(at: now) }
        counters.waits(in: handlers)
        lastTick = Clock.now()
    }

    /// A message was sent to many, at this time: how long that takes is counted when all of it is flushed.
    func noteFanOut(from start: Timestamp) {
        fanOuts.append(start)
        // Where nobody was there to send to, no flush follows.
        if unflushed.isEmpty { countFanOuts() }
    }

    private func countFanOuts() {
        let now = Clock.now()
        for start in fanOuts { counters.fanOut.record(now.since(start), at: now) }
        fanOuts.removeAll(keepingCapacity: true)
    }

    /// Flushes `handler` when the event loop has done what it is at.
    func flushSoon(_ handler: EndpointHandler) {
        unflushed.append(handler)
        guard unflushed.count == 1 else { return }
        let commons = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.execute { commons.value.flushAll() }
    }

    private func flushAll() {
        let due = unflushed
        unflushed = []
        for handler in due { handler.flushNow() }
        if !fanOuts.isEmpty { countFanOuts() }
    }
}

/// Lets all channels of an event loop read into one piece of memory: reads are handled one after the other, and what
/// is to be kept of one is copied.
struct SharedReadAllocator: RecvByteBufferAllocator {
    private let commons: NIOLoopBound<LoopCommons>
    /// NIO keeps the first buffer of a channel for as long as the channel lives: so that one is small.
    private var isFirst = true
    private static let firstSize = 512

    init(_ commons: LoopCommons) {
        self.commons = NIOLoopBound(commons, eventLoop: commons.eventLoop)
    }

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        isFirst
            ? allocator.buffer(capacity: SharedReadAllocator.firstSize)
            : commons.value.takeReadBuffer(allocator)
    }

    /// - Returns: Always true, "the next buffer may be bigger", so that NIO asks for one each time.
    mutating func record(actualReadBytes: Int) -> Bool {
        isFirst = false
        return true
    }
}
