import Dispatch
import Synchronization

/// Lines for standard error that come from event loops: a terminal that is slow, or stopped, holds up no connection.
final class LogLines: Sendable {
    private let queue = DispatchQueue(label: "ws101.log")
    private let state = Mutex((waiting: 0, left: 0))

    /// So many wait at most; how many were left out is told.
    private static let most = 10_000

    func add(_ line: String) {
        let isTaken = state.withLock { state in
            guard state.waiting < LogLines.most else {
                state.left += 1
                return false
            }
            state.waiting += 1
            return true
        }
        guard isTaken else { return }
        queue.async { [self] in
            let left = state.withLock { state in
                state.waiting -= 1
                defer { state.left = 0 }
                return state.left
            }
            if left > 0 { Output.diagnostic("… \(left) lines left out") }
            Output.diagnostic(line)
        }
    }
}
