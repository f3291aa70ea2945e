import Synchronization
import Wire

/// A client of the scenario "resume" that loses nothing: it knows the last number it heard, and keeps what it said until
/// that is acknowledged.
package final class ResumingClient: Sendable {
    package enum Event: Hashable, Sendable {
        /// Connected, to this node.
        case welcome(node: String)
        case heard(JournalPosition, String)
        /// The server says that what was in between cannot be had any more.
        case gap(why: String)
        case acknowledged(id: String)
        /// It will be said again.
        case refused(id: String, why: String)
        /// The connection ended with this close code.
        case lost(UInt16)
        case waiting(Duration)
        case givenUp(String)
    }

    /// What it went through so far.
    package struct Record: Hashable, Sendable {
        /// Connections that were opened.
        package var connections = 0
        package var node: String?
        package var heard: [String] = []
        package var position: JournalPosition?
        /// Numbers that were left out without a word. Always 0, or the server lies.
        package var holes = 0
        package var gaps = 0
        package var repeats = 0
        /// Messages that the server could not take, so far.
        package var refusals = 0
        package var codes: [UInt16] = []
        package var unacknowledged = 0
    }

    private struct State {
        var record = Record()
        var outbox: [(id: String, text: String)] = []
        var count = 0
        var isWelcome = false
        /// It wants to hear the journal from its beginning, and has heard nothing of it yet.
        var beginsAnew = false
    }

    private let url: WebSocketURL
    /// Begins its identifiers. Random too: who could guess one could say something else under it first, and this client's
    /// message would be taken for a repetition.
    private let name: String
    private let take: @Sendable (Event) -> Void
    private let state: Mutex<State>
    private let inner: ReconnectingClientReference

    /// - Parameters:
    ///   - name: Begins the identifiers of its messages, for a person who reads them.
    ///   - url: Of the room, without a query.
    ///   - hearsAll: Whether it hears everything that the journal has; otherwise what is said from now on.
    package init(
        _ name: String, _ url: WebSocketURL, _ policy: ReconnectPolicy, hearsAll: Bool = false,
        take: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        self.url = url
        self.name = "\(name)-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
        self.take = take
        state = Mutex(State(beginsAnew: hearsAll))
        let inner = ReconnectingClientReference()
        self.inner = inner
        inner.client = ReconnectingClient(
            policy, request: { [weak self] in self?.request() ?? ClientRequest(url) },
            take: { [weak self] event in self?.handle(event) })
    }

    package func start() { inner.client?.start() }
    package func stop() async { await inner.client?.stop() }

    package var record: Record {
        state.withLock { state in
            state.record.unacknowledged = state.outbox.count
            return state.record
        }
    }

    /// Says it now or, where there is no connection, as soon as there is one.
    package func say(_ text: String) {
        let (id, isWelcome) = state.withLock { state in
            state.count += 1
            let id = "\(name)-\(state.count)"
            state.outbox.append((id, text))
            return (id, state.isWelcome)
        }
        if isWelcome { send(id, text) }
    }

    /// Cuts its own connection, as a network does.
    package func cut() { inner.client?.client?.abort() }

    private func request() -> ClientRequest {
        let query = state.withLock { state in
            state.record.position.map { "?after=\($0)" } ?? (state.beginsAnew ? "?after=0" : "")
        }
        return ClientRequest(WebSocketURL(isTLS: url.isTLS, address: url.address, target: url.target + query))
    }

    private func handle(_ event: ReconnectingClient.Event) {
        switch event {
        case .attempting, .failed, .opened: break
        case .message(_, let bytes): if let word = JournalWord(String(decoding: bytes, as: UTF8.self)) { handle(word) }
        case .ended(let ending):
            state.withLock { state in
                state.isWelcome = false
                state.record.codes.append(ending.code.rawValue)
            }
            take(.lost(ending.code.rawValue))
        case .waiting(let delay): take(.waiting(delay))
        case .givenUp(let why): take(.givenUp(why))
        }
    }

    private func handle(_ word: JournalWord) {
        switch word {
        case .welcome(let node, let position): welcome(node, position.flatMap { JournalPosition($0) })
        case .entry(let seq, let text): if let position = JournalPosition(seq) { hear(position, text) }
        case .gap(_, let next, let why):
            let next = next.flatMap { JournalPosition($0) }
            state.withLock { state in
                state.record.gaps += 1
                state.record.position = next.map { JournalPosition(epoch: $0.epoch, number: max($0.number, 1) - 1) }
                state.beginsAnew = next == nil
            }
            take(.gap(why: why))
        case .acknowledged(let id, _):
            state.withLock { state in state.outbox.removeAll { $0.id == id } }
            take(.acknowledged(id: id))
        case .refused(let id, let why):
            state.withLock { $0.record.refusals += 1 }
            take(.refused(id: id, why: why))
            Task { [weak self] in
                try? await Task.sleep(for: .milliseconds(250))
                self?.sayAgain(id)
            }
        }
    }

    private func welcome(_ node: String, _ position: JournalPosition?) {
        let outbox = state.withLock { state in
            state.record.connections += 1
            state.record.node = node
            if !state.beginsAnew { state.record.position = state.record.position ?? position }
            state.isWelcome = true
            return state.outbox
        }
        take(.welcome(node: node))
        for (id, text) in outbox { send(id, text) }
    }

    private func hear(_ position: JournalPosition, _ text: String) {
        let isNew = state.withLock { state in
            if let last = state.record.position {
                if position.isCovered(by: last) {
                    state.record.repeats += 1
                    return false
                }
                if !last.precedes(position) { state.record.holes += 1 }
            }
            state.record.position = position
            state.beginsAnew = false
            state.record.heard.append(text)
            return true
        }
        if isNew { take(.heard(position, text)) }
    }

    private func sayAgain(_ id: String) {
        let text = state.withLock { state in state.isWelcome ? state.outbox.first { $0.id == id }?.text : nil }
        if let text { send(id, text) }
    }

    private func send(_ id: String, _ text: String) {
        inner.client?.client?.send(JSONLine.text(["say": text, "id": id]))
    }
}

/// Set once, when both sides are there.
private final class ReconnectingClientReference: Sendable {
    private let reference = Mutex<ReconnectingClient?>(nil)

    var client: ReconnectingClient? {
        get { reference.withLock { $0 } }
        set { reference.withLock { $0 = newValue } }
    }
}
