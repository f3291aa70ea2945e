import NIOCore
import Synchronization

/// Brings one connection what a journal holds behind the place where it stands, in order and without a hole: at first and
/// after each gap by reading, otherwise as it is appended.
final class JournalReader: Sendable {
    private struct State {
        /// The last entry that was sent.
        var position: JournalPosition?
        var start: ReaderStart
        var isWelcome = false
        var isReading = false
        /// Something came that was not sent on at once: read once more.
        var isBehind = false
        /// Words on their way to the event loop.
        var pending = 0
        /// The client reads too slowly: it gets no more at once, and reads the journal when it has caught up.
        var isLagging = false
        var isClosed = false
        var whenDrained: CheckedContinuation<Void, Never>?
    }

    private let connection: WebSocketConnection
    private let topic: String
    private let broker: any Broker
    private let state: Mutex<State>

    /// Entries that are read at once.
    private static let pageSize = 64
    /// Bytes that may wait for the client before more is read.
    private static let mostQueued = 64 << 10
    /// Entries that may wait for the event loop.
    private static let mostPending = 256

    init(_ connection: WebSocketConnection, _ topic: String, from start: ReaderStart, _ broker: any Broker) {
        self.connection = connection
        self.topic = topic
        self.broker = broker
        state = Mutex(State(start: start))
    }

    /// An entry that was appended just now.
    func offer(_ entry: JournalEntry) {
        let isNext = state.withLock { state in
            guard state.isWelcome, !state.isReading, !state.isLagging, state.pending < JournalReader.mostPending else {
                state.isBehind = true
                return true
            }
            if let position = state.position, entry.position.isCovered(by: position) { return true }
            guard state.position.map({ $0.precedes(entry.position) }) ?? (entry.position.number == 1) else {
                return false
            }
            state.position = entry.position
            post([JournalReader.word(entry)], &state)
            return true
        }
        if !isNext { catchUp() }
    }

    /// Reads until nothing is left; does nothing while it does already, but for one more look.
    func catchUp() {
        let mayRead = state.withLock { state in
            guard !state.isClosed else { return false }
            state.isBehind = true
            if state.isReading { return false }
            state.isReading = true
            return true
        }
        if mayRead { Task { await read() } }
    }

    /// Where the broker is out of reach it stops: `catchUp` is called again when it is back.
    private func read() async {
        while begins() {
            do throws(BrokerFailure) {
                while try await readPage() { await untilDrained() }
            } catch {
                return state.withLock { $0.isReading = false }
            }
        }
    }

    private func begins() -> Bool {
        state.withLock { state in
            if state.isClosed || !state.isBehind {
                state.isReading = false
                return false
            }
            state.isBehind = false
            return true
        }
    }

    /// - Returns: Whether there may be more.
    private func readPage() async throws(BrokerFailure) -> Bool {
        let (position, isJoining) = state.withLock { state in
            (state.position ?? (state.isWelcome ? nil : state.start.position), !state.isWelcome && state.start == .now)
        }
        var page = try await broker.read(topic, after: position, limit: isJoining ? 1 : JournalReader.pageSize)
        if let position, page.last?.epoch != position.epoch, page.last != nil {
            page = try await broker.read(topic, after: nil, limit: JournalReader.pageSize)
        }
        let fresh = page
        return state.withLock { state in
            var words = state.isWelcome ? [] : [JournalWord.welcome(node: broker.node, at: fresh.last?.description)]
            // Who begins now has heard nothing yet, and misses nothing.
            if isJoining {
                state.position = fresh.last
                state.isWelcome = true
                post(words, &state)
                return false
            }
            state.isWelcome = true
            if let position, !fresh.continues(position) { words.append(JournalReader.gap(position, fresh)) }
            words += fresh.entries.map(JournalReader.word)
            state.position = fresh.entries.last?.position ?? (fresh.last == nil ? nil : position)
            post(words, &state)
            return state.position != fresh.last && !fresh.entries.isEmpty
        }
    }

    private static func gap(_ position: JournalPosition, _ page: JournalPage) -> JournalWord {
        let why =
            page.first?.epoch == position.epoch
            ? "what was in between is no longer kept" : "the journal began anew; what was in between is lost"
        return .gap(after: position.description, next: page.first?.description, why: why)
    }

    private static func word(_ entry: JournalEntry) -> JournalWord {
        .entry(seq: entry.position.description, text: String(decoding: entry.payload, as: UTF8.self))
    }

    // MARK: To the connection

    /// Always by way of the event loop, so that the order is the one of the calls.
    private func post(_ words: [JournalWord], _ state: inout State) {
        guard !words.isEmpty else { return }
        state.pending += words.count
        connection.eventLoop.execute { [self] in
            for word in words { connection.send(word.text) }
            afterFlush { self.posted(words.count, isLagging: $0) }
        }
    }

    private func posted(_ count: Int, isLagging: Bool) {
        let isDue = state.withLock { state in
            state.pending -= count
            if isLagging { state.isLagging = true }
            return state.pending == 0 && state.isBehind && !state.isLagging && !state.isReading
        }
        if isDue { catchUp() }
    }

    /// Tells whether the client is behind. What was sent in this turn of the event loop is flushed first, and waits
    /// nowhere where the system takes it: nobody would be told then that it has gone.
    private func afterFlush(_ tell: @escaping @Sendable (Bool) -> Void) {
        connection.eventLoop.execute { [connection] in tell(connection.queuedBytes >= JournalReader.mostQueued) }
    }

    /// Waits while the client reads too slowly for more.
    private func untilDrained() async {
        await withCheckedContinuation { continuation in
            connection.eventLoop.execute { [self] in
                afterFlush { isLagging in
                    let waits = self.state.withLock { state in
                        guard isLagging, !state.isClosed else { return false }
                        state.whenDrained = continuation
                        return true
                    }
                    if !waits { continuation.resume() }
                }
            }
        }
    }

    func drained() {
        let (waiting, isBehind) = state.withLock { state in
            state.isLagging = false
            return (state.whenDrained.take(), state.isBehind)
        }
        waiting?.resume()
        if isBehind { catchUp() }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        drained()
    }
}

extension ReaderStart {
    fileprivate var position: JournalPosition? {
        if case .after(let position) = self { position } else { nil }
    }
}
