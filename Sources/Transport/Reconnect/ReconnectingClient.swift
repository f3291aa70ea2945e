import Synchronization
import Wire

/// A client that comes back when its connection is lost, as its policy says.
package final class ReconnectingClient: Sendable {
    package enum Event: Sendable {
        /// It connects, the first time or after so many delays since it was last well.
        case attempting(Int)
        case opened(WebSocketClient)
        case message(Message.Kind, [UInt8])
        /// The connection that was open has ended.
        case ended(ClientEnding)
        /// The attempt failed.
        case failed(TransportError)
        case waiting(Duration)
        /// It will not come back, and this is why. The last event.
        case givenUp(String)
    }

    private struct State {
        var client: WebSocketClient?
        var task: Task<Void, Never>?
        var isStopped = false
    }

    private let policy: ReconnectPolicy
    private let request: @Sendable () -> ClientRequest
    private let take: @Sendable (Event) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - request: What to ask for, anew for each attempt.
    ///   - take: Told what happens, one event after the other.
    package init(
        _ policy: ReconnectPolicy, request: @escaping @Sendable () -> ClientRequest,
        take: @escaping @Sendable (Event) -> Void
    ) {
        self.policy = policy
        self.request = request
        self.take = take
    }

    package func start() {
        state.withLock { state in
            guard state.task == nil, !state.isStopped else { return }
            state.task = Task { await self.run() }
        }
    }

    /// Closes, and returns when it has ended. It does not come back.
    package func stop() async {
        let (client, task) = state.withLock { state in
            state.isStopped = true
            state.task?.cancel()
            return (state.client, state.task)
        }
        client?.close(.normalClosure)
        await task?.value
    }

    /// The open connection.
    package var client: WebSocketClient? { state.withLock { $0.client } }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func run() async {
        var random = SystemRandomNumberGenerator()
        var attempt = 0
        while !isStopped {
            take(.attempting(attempt))
            let reason: ReconnectReason
            let began = ContinuousClock.now
            do throws(TransportError) {
                reason = ReconnectReason(try await serve())
                if ContinuousClock.now - began >= policy.settled { attempt = 0 }
            } catch {
                take(.failed(error))
                reason = ReconnectReason(error)
            }
            if isStopped { break }
            if case .never(let why) = reason { return take(.givenUp(why)) }
            let delay = policy.delay(attempt: attempt, using: &random)
            take(.waiting(delay))
            try? await Task.sleep(for: delay)
            attempt += 1
        }
        take(.givenUp("stopped"))
    }

    /// Connects, and returns how the connection ended.
    private func serve() async throws(TransportError) -> ClientEnding {
        let client = try await WebSocketClient.connect(request()) { [self] client, event in
            switch event {
            case .opened: opened(client)
            case .message(let kind, let bytes): take(.message(kind, bytes))
            case .ping, .pong, .closed, .ended: break
            }
        }
        let ending = await client.ending()
        state.withLock { $0.client = nil }
        take(.ended(ending))
        return ending
    }

    private func opened(_ client: WebSocketClient) {
        let isStopped = state.withLock { state in
            state.client = client
            return state.isStopped
        }
        if isStopped { client.close(.normalClosure) } else { take(.opened(client)) }
    }
}

/// Whether it is any use to come back.
enum ReconnectReason: Hashable {
    case again
    /// The same request would fail in the same way.
    case never(String)

    /// RFC 6455 §7.4.1: what was wrong with this client stays wrong; a server that goes away, restarts or is overloaded,
    /// and a connection that was lost, do not.
    init(_ ending: ClientEnding) {
        switch ending.code {
        case 1000, 1002, 1003, 1007, 1008, 1009, 1010, 1015:
            self = .never("the server closed with \(ending.code)\(ending.code.meaning.map { " \($0)" } ?? "")")
        default: self = .again
        }
    }

    /// RFC 9110 §15: 4xx is the client's fault, but for 408, 425 and 429, which are a matter of time.
    init(_ error: TransportError) {
        if let status = error.refusal, (400...499).contains(status), ![408, 425, 429].contains(status) {
            self = .never("the server refused with \(status)")
        } else {
            self = .again
        }
    }
}
