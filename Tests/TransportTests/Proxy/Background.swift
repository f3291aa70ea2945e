import Foundation

/// A blocking call on a thread of its own, begun at once: the threads of `Task` are as few as the cores, and tests that
/// block them all would wait for each other.
final class Background<Value: Sendable>: Sendable {
    private let results: AsyncThrowingStream<Value, any Error>

    init(_ body: @escaping @Sendable () throws -> Value) {
        let (results, continuation) = AsyncThrowingStream<Value, any Error>.makeStream()
        self.results = results
        Thread.detachNewThread {
            do {
                continuation.yield(try body())
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
    }

    /// What the call returned or threw; asked once.
    var value: Value {
        get async throws {
            for try await value in results { return value }
            throw CancellationError()
        }
    }
}
