import CHiredis
import Glibc
import Synchronization

/// What other threads want of the one that speaks with Redis.
final class RedisMailbox: Sendable {
    enum Letter: Sendable {
        case add(BrokerSubscription)
        case remove(BrokerSubscription)
        case request(RedisRequest)
    }

    private struct State {
        var letters: [Letter] = []
        /// Bytes of the requests that Redis has not answered.
        var bytes = 0
        var isConnected = false
        var isStopping = false
        var unpublished = 0
    }

    private let state = Mutex(State())
    private let mostBytes: Int
    /// Becomes readable when there is something to do.
    let bell: CInt

    init(mostBytes: Int) {
        self.mostBytes = mostBytes
        bell = ws101_bell()
        precondition(bell >= 0, "the operating system gives no eventfd")
    }

    deinit { close(bell) }

    func put(_ letter: Letter) {
        state.withLock { $0.letters.append(letter) }
        ring()
    }

    /// - Returns: False where Redis is out of reach, or so slow that too much waits for it already.
    func put(_ request: RedisRequest, countsLoss: Bool) -> Bool {
        let isTaken = state.withLock { state in
            guard state.isConnected, !state.isStopping, state.bytes + request.size <= mostBytes else {
                if countsLoss { state.unpublished += 1 }
                return false
            }
            state.bytes += request.size
            state.letters.append(.request(request))
            return true
        }
        if isTaken { ring() }
        return isTaken
    }

    func stop() {
        state.withLock { $0.isStopping = true }
        ring()
    }

    private func ring() {
        var one: UInt64 = 1
        _ = write(bell, &one, 8)
    }

    // MARK: For the thread

    var isStopping: Bool { state.withLock { $0.isStopping } }

    func take() -> [Letter] {
        var count: UInt64 = 0
        _ = read(bell, &count, 8)
        return state.withLock { state in
            defer { state.letters = [] }
            return state.letters
        }
    }

    func answered(_ requests: some Sequence<RedisRequest>) {
        let size = requests.reduce(0) { $0 + $1.size }
        state.withLock { $0.bytes -= size }
    }

    func connected() { state.withLock { $0.isConnected = true } }

    func disconnected() { state.withLock { $0.isConnected = false } }

    /// Messages that could not be published since the last call.
    func takeUnpublished() -> Int {
        state.withLock { state in
            defer { state.unpublished = 0 }
            return state.unpublished
        }
    }
}
