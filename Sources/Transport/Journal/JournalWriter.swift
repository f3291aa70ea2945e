import Synchronization

/// Appends what one connection says to a journal, one after the other, and acknowledges each.
final class JournalWriter: Sendable {
    private struct State {
        var waiting: [JournalRequest] = []
        var isWriting = false
    }

    private let connection: WebSocketConnection
    private let topic: String
    private let broker: any Broker
    private let state = Mutex(State())

    /// Messages that may wait to be acknowledged.
    static let mostWaiting = 64

    init(_ connection: WebSocketConnection, _ topic: String, _ broker: any Broker) {
        self.connection = connection
        self.topic = topic
        self.broker = broker
    }

    func take(_ message: borrowing Message) {
        guard message.kind == .text, message.count <= 2 * Resume.longestText + 256,
            let request = JSONLine.value(JournalRequest.self, message.text)
        else { return connection.close(code: 1008, reason: #"say {"say":"…","id":"…"}"#) }
        guard (1...JournalRequest.longestID).contains(request.id.utf8.count),
            request.id.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return connection.close(code: 1008, reason: "an id has 1 to \(JournalRequest.longestID) characters") }
        guard request.say.utf8.count <= Resume.longestText else {
            return refuse(request, "a text has at most \(Resume.longestText) bytes here")
        }
        let (isTaken, begins) = state.withLock { state in
            guard state.waiting.count < JournalWriter.mostWaiting else { return (false, false) }
            state.waiting.append(request)
            defer { state.isWriting = true }
            return (true, !state.isWriting)
        }
        guard isTaken else {
            return refuse(request, "\(JournalWriter.mostWaiting) messages wait for their acknowledgement already")
        }
        if begins { Task { await write() } }
    }

    private func write() async {
        while let request = next() {
            do throws(BrokerFailure) {
                let position = try await broker.append(Array(request.say.utf8), key: request.id, to: topic)
                connection.send(JournalWord.acknowledged(id: request.id, seq: position.description).text)
            } catch {
                refuse(request, "\(error); say it again, under the same id")
            }
            state.withLock { _ = $0.waiting.removeFirst() }
        }
    }

    private func next() -> JournalRequest? {
        state.withLock { state in
            if state.waiting.isEmpty { state.isWriting = false }
            return state.waiting.first
        }
    }

    private func refuse(_ request: JournalRequest, _ why: String) {
        connection.send(JournalWord.refused(id: request.id, why: why).text)
    }
}
