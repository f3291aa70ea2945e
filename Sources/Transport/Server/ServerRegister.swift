import Synchronization

/// Counts a server's connections.
final class ServerRegister: Sendable {
    private struct State {
        var count = 0
        var compressed = 0
        var whenEmpty: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }

    func began() { state.withLock { $0.count += 1 } }

    func ended() {
        let whenEmpty = state.withLock { state in
            state.count -= 1
            return state.count == 0 ? state.whenEmpty.take() : nil
        }
        whenEmpty?.resume()
    }

    /// False where `limit` connections may be compressed already.
    func beganCompressing(of limit: Int) -> Bool {
        state.withLock { state in
            guard state.compressed < limit else { return false }
            state.compressed += 1
            return true
        }
    }

    func endedCompressing() { state.withLock { $0.compressed -= 1 } }

    /// Returns when no connection is left. Wait once only.
    func empty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.count > 0 { state.whenEmpty = continuation }
                return state.count == 0
            }
            if isEmpty { continuation.resume() }
        }
    }
}
