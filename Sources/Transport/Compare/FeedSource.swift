package import Connection
import Synchronization

/// One event, as every transport carries it.
package struct FeedItem: Hashable, Sendable, Codable {
    /// From 1 on, without a hole.
    package let id: Int
    /// When it happened, in nanoseconds since 1970.
    package let at: UInt64
    package let data: String
}

/// The one source of events that all transports serve: what is new goes to who listens, and the newest are kept for who
/// asks what it missed.
package final class FeedSource: Sendable {
    private struct State {
        var count = 0
        var items: [FeedItem] = []
        var listeners: [Int: @Sendable (FeedItem) -> Void] = [:]
        var nextListener = 0
    }

    private let kept: Int
    private let state = Mutex(State())

    /// - Parameter kept: How many of the newest items can still be asked for.
    package init(kept: Int = 1024) { self.kept = kept }

    package func emit(_ data: String, at time: Timestamp) {
        state.withLock { state in
            state.count += 1
            let item = FeedItem(id: state.count, at: time.nanoseconds, data: data)
            state.items.append(item)
            if state.items.count > kept { state.items.removeFirst() }
            for listener in state.listeners.values { listener(item) }
        }
    }

    package func items(after id: Int) -> [FeedItem] {
        state.withLock { state in state.items.filter { $0.id > id } }
    }

    package var count: Int { state.withLock { $0.count } }
    package var listenerCount: Int { state.withLock { $0.listeners.count } }

    /// Tells what is kept behind `id`, and from then on what comes, in order and without a hole. `take` must not call back.
    package func listen(after id: Int, _ take: @escaping @Sendable (FeedItem) -> Void) -> FeedListener {
        state.withLock { state in
            for item in state.items where item.id > id { take(item) }
            state.nextListener += 1
            let number = state.nextListener
            state.listeners[number] = take
            return FeedListener { [weak self] in self?.state.withLock { $0.listeners[number] = nil } }
        }
    }
}

/// Somebody who listens; cancelled, it hears no more.
package final class FeedListener: Sendable {
    private let end: Mutex<(@Sendable () -> Void)?>

    init(_ end: @escaping @Sendable () -> Void) { self.end = Mutex(end) }

    package func cancel() { end.withLock { $0.take() }?() }
}
