import Connection
import Synchronization

/// What happens on one event loop. Written by the loop only, so that counting costs no more than an addition; read from
/// anywhere.
final class LoopCounters: Sendable {
    let messagesReceived = Counter()
    let bytesReceived = Counter()
    let messagesSent = Counter()
    let bytesSent = Counter()
    /// Messages that a queue's policy left out.
    let dropped = Counter()
    /// Connections that ended because their reader was too slow.
    let tooSlow = Counter()
    /// How often a connection was not read from because a reader of its messages had no room.
    let held = Counter()

    /// Bytes that wait for slow readers, as of the last tick: of all connections, of the one with most; and how many wait.
    let waiting = Counter()
    let mostWaiting = Counter()
    let waitingConnections = Counter()

    let fanOut = LatencyMeter()
    /// By how much the loop's tick came too late: for so long nobody was served.
    let lag = LatencyMeter()

    func sent(_ bytes: Int) {
        messagesSent.add(1)
        bytesSent.add(bytes)
    }

    func received(_ bytes: Int) {
        messagesReceived.add(1)
        bytesReceived.add(bytes)
    }

    func ticked(_ late: Int64, at now: Timestamp) { lag.record(max(late, 0), at: now) }

    func waits(in handlers: [EndpointHandler]) {
        var (sum, most, count) = (0, 0, 0)
        for handler in handlers {
            let bytes = handler.waitingBytes
            guard bytes > 0 else { continue }
            sum += bytes
            most = max(most, bytes)
            count += 1
        }
        waiting.set(sum)
        mostWaiting.set(most)
        waitingConnections.set(count)
    }
}

/// A number with one writer.
final class Counter: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .relaxed) }

    /// No other thread writes: so a load and a store do what else would take a locked instruction.
    func add(_ count: Int) { number.store(number.load(ordering: .relaxed) &+ count, ordering: .relaxed) }

    func set(_ value: Int) { number.store(value, ordering: .relaxed) }
}
