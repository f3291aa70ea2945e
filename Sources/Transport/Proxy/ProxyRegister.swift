import NIOCore
import Synchronization

/// How many connections a proxy has carried.
package struct ProxyCounts: Hashable, Sendable {
    /// Clients accepted since the start.
    package var accepted = 0
    /// Connections open now, on either leg.
    package var open = 0
    /// Clients that got a 502 in place of the upstream.
    package var refused = 0

    package init(accepted: Int = 0, open: Int = 0, refused: Int = 0) {
        self.accepted = accepted
        self.open = open
        self.refused = refused
    }
}

/// The connections that a proxy carries now; asked from every event loop.
final class ProxyRegister: Sendable {
    private struct State {
        var counts = ProxyCounts()
        /// How to ask each to stop.
        var stops: [ObjectIdentifier: @Sendable (ProxyStop) -> Void] = [:]
        /// Called when room is made, where somebody waits for it.
        var whenRoom: (@Sendable () -> Void)?
        /// Succeeds when the last connection has ended.
        var whenEmpty: EventLoopPromise<Void>?
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    var counts: ProxyCounts { state.withLock { $0.counts } }

    func accepted() {
        state.withLock { state in
            state.counts.accepted += 1
            state.counts.open += 1
        }
    }

    /// - Parameter stop: Called from any thread.
    func opened(_ connection: ProxiedConnection, stop: @escaping @Sendable (ProxyStop) -> Void) {
        let identity = ObjectIdentifier(connection)
        state.withLock { $0.stops[identity] = stop }
    }

    func refused() { state.withLock { $0.counts.refused += 1 } }

    /// - Parameter connection: The one given to `opened`; nil where it did not come so far.
    func ended(_ connection: ProxiedConnection?) {
        let identity = connection.map(ObjectIdentifier.init)
        let (whenRoom, whenEmpty) = state.withLock { state in
            if let identity { state.stops[identity] = nil }
            state.counts.open -= 1
            let whenRoom = state.whenRoom.take()
            return (whenRoom, state.counts.open == 0 ? state.whenEmpty.take() : nil)
        }
        whenRoom?()
        whenEmpty?.succeed()
    }

    /// True where another connection may be accepted; else `resume` is called once when it may.
    func hasRoom(orCall resume: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            if state.counts.open < limit { return true }
            state.whenRoom = resume
            return false
        }
    }

    /// Succeeds when no connection is open. Call once, when no more are accepted.
    func whenEmpty(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        let isEmpty = state.withLock { state in
            if state.counts.open > 0 { state.whenEmpty = promise }
            return state.counts.open == 0
        }
        if isEmpty { promise.succeed() }
        return promise.futureResult
    }

    /// Asks every connection.
    func stopAll(_ how: ProxyStop) {
        for stop in state.withLock({ Array($0.stops.values) }) { stop(how) }
    }
}

/// Asks a connection to end.
enum ProxyStop: Sendable {
    /// What was received is forwarded, then both legs get a FIN.
    case finish
    /// At once.
    case abort
}
