import Synchronization
import Wire

/// Redis as the broker: Pub/Sub for what is published, a stream a topic for what is appended.
///
/// Pub/Sub is at most once: who is not connected at that moment never hears it. So the journal is a stream, bounded in
/// length and time, from which whoever missed something reads it afterwards.
package final class RedisBroker: Broker {
    private let options: RedisOptions
    private let mailbox: RedisMailbox
    private let whenStopped: Stop

    package var node: String { options.node }
    package let isShared = true

    /// Connects.
    /// - Parameter notify: Told what happens to the connection, on a thread of its own.
    package static func connect(
        _ options: RedisOptions, notify: @escaping @Sendable (BrokerNotice) -> Void
    ) async throws(TransportError) -> RedisBroker {
        let mailbox = RedisMailbox(mostBytes: options.mostQueued)
        let stop = Stop()
        let result = await withCheckedContinuation { continuation in
            let isRunning = BackgroundThread.start {
                RedisWorker(options, mailbox, notify: notify).run { continuation.resume(returning: $0) }
                stop.done()
            }
            if !isRunning { continuation.resume(returning: .failure(BrokerFailure("the system gives no thread"))) }
        }
        if case .failure(let failure) = result { throw unreachable(options.url, failure) }
        return RedisBroker(options, mailbox, stop)
    }

    private init(_ options: RedisOptions, _ mailbox: RedisMailbox, _ whenStopped: Stop) {
        self.options = options
        self.mailbox = mailbox
        self.whenStopped = whenStopped
    }

    private static func unreachable(_ url: RedisURL, _ failure: BrokerFailure) -> TransportError {
        let isLocked = ["NOAUTH", "WRONGPASS"].contains { failure.why.hasPrefix($0) }
        return TransportError(
            what: "cannot reach the broker \(url)", why: SafeText.escape(failure.why),
            advice: isLocked
                ? "set its password in the environment: \(RedisURL.passwordName)"
                : "start one with: redis-server --port \(url.address.port)   (sudo apt-get install redis-server)")
    }

    package func subscribe(
        _ topic: String, _ take: @escaping @Sendable (BrokerEvent) -> Void
    ) -> BrokerSubscription {
        let subscription = BrokerSubscription(topic, take) { [mailbox] in mailbox.put(.remove($0)) }
        mailbox.put(.add(subscription))
        return subscription
    }

    @discardableResult
    package func publish(_ payload: [UInt8], to topic: String) -> Bool {
        mailbox.put(
            RedisRequest(RedisCommand.publish(payload, to: topic, from: node)) { _ in }, countsLoss: true)
    }

    package func append(
        _ payload: [UInt8], key: String, to topic: String
    ) async throws(BrokerFailure) -> JournalPosition {
        let value = try await ask(RedisCommand.append(payload, key: key, to: topic, options.journal))
        guard let position = value.text.flatMap(JournalPosition.init) else {
            throw BrokerFailure("Redis gave no position in the journal")
        }
        return position
    }

    package func read(
        _ topic: String, after position: JournalPosition?, limit: Int
    ) async throws(BrokerFailure) -> JournalPage {
        let value = try await ask(RedisCommand.read(topic, after: position, limit: limit))
        guard let page = JournalPage(value) else { throw BrokerFailure("Redis gave no page of a journal") }
        return page
    }

    private func ask(_ arguments: [[UInt8]]) async throws(BrokerFailure) -> RedisValue {
        let result = await withCheckedContinuation { continuation in
            let request = RedisRequest(arguments) { continuation.resume(returning: $0) }
            if !mailbox.put(request, countsLoss: false) {
                continuation.resume(returning: .failure(BrokerFailure("the broker is out of reach")))
            }
        }
        return try result.get()
    }

    package func stop() async {
        mailbox.stop()
        await whenStopped.wait()
    }

    /// The end of the thread, to be waited for.
    private final class Stop: Sendable {
        private let state = Mutex((isDone: false, waiting: [CheckedContinuation<Void, Never>]()))

        func done() {
            let waiting = state.withLock { state in
                state.isDone = true
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }

        func wait() async {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    if !state.isDone { state.waiting.append(continuation) }
                    return state.isDone
                }
                if isDone { continuation.resume() }
            }
        }
    }
}
