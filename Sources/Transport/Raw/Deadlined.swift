import Connection
import NIOCore

/// A future that has a value at a deadline if it has none before. On its event loop only.
final class Deadlined<Value: Sendable> {
    let future: EventLoopFuture<Value>
    private var promise: EventLoopPromise<Value>?
    private var timer: Scheduled<Void>?

    /// - Parameter late: The value at the deadline.
    init(on eventLoop: any EventLoop, _ deadline: Timestamp, late: Value) {
        let promise = eventLoop.makePromise(of: Value.self)
        self.promise = promise
        future = promise.futureResult
        let left = max(deadline.since(Clock.now()), 0)
        timer = eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(left)) { self.finish(late) }
    }

    var isOpen: Bool { promise != nil }

    /// Only the first value counts.
    func finish(_ value: Value) {
        guard let promise else { return }
        self.promise = nil
        timer?.cancel()
        timer = nil
        promise.succeed(value)
    }
}
