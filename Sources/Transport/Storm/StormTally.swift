import Connection
import Synchronization

/// Counts attempts and successes by time. From many threads.
final class StormTally: Sendable {
    private struct State {
        var dropped: Timestamp?
        var attempts: [Int] = []
        var accepted: [Int] = []
        var isOpen: Set<Int> = []
        var lastBack: Timestamp?
    }

    private let clients: Int
    private let state = Mutex(State())

    init(clients: Int) { self.clients = clients }

    /// From now on is counted.
    func drop() {
        state.withLock { state in
            state.dropped = Clock.now()
            state.isOpen = []
        }
    }

    func attempted() {
        state.withLock { state in
            guard let column = StormTally.column(state.dropped) else { return }
            StormTally.add(to: &state.attempts, column)
        }
    }

    func opened(_ client: Int) {
        state.withLock { state in
            state.isOpen.insert(client)
            guard let column = StormTally.column(state.dropped) else { return }
            StormTally.add(to: &state.accepted, column)
            if state.isOpen.count == clients { state.lastBack = Clock.now() }
        }
    }

    var openCount: Int { state.withLock { $0.isOpen.count } }

    func result(_ policy: ReconnectPolicy) -> StormResult {
        state.withLock { state in
            let allBack = state.lastBack.flatMap { last in state.dropped.map { last.since($0) } }
            return StormResult(
                policy: policy, clients: clients, attempts: state.attempts, accepted: state.accepted,
                allBack: allBack.map { .nanoseconds($0) })
        }
    }

    private static func column(_ start: Timestamp?) -> Int? {
        start.map { Int(Clock.now().since($0) / StormOptions.bucket.inNanoseconds) }
    }

    private static func add(to counts: inout [Int], _ column: Int) {
        while counts.count <= column { counts.append(0) }
        counts[column] += 1
    }
}
