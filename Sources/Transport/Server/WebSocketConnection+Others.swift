internal import Connection
internal import NIOCore
internal import Wire

/// Messages that others sent.
extension WebSocketConnection {
    /// Sends a message of `source` to every one of `others`, as the server's queue policy has it: a slow reader among them
    /// costs the others nothing, and `source` only where the policy is to wait.
    /// - Parameter topic: Of messages with the same topic only the newest has to wait, where the policy says so.
    package static func fanOut(
        _ message: borrowing Message, from source: WebSocketConnection, to others: [WebSocketConnection],
        topic: String? = nil
    ) {
        let start = Clock.now()
        var copy: [UInt8]?
        for other in others {
            if other.eventLoop.inEventLoop {
                other.take(message.opcode, message.memory, from: source, topic)
            } else {
                // One copy for all event loops but this.
                let bytes = copy ?? message.bytes
                copy = bytes
                other.send(message.kind, bytes, from: source, topic: topic)
            }
        }
        source.handler?.commons.noteFanOut(from: start)
    }

    /// Sends a message of `source`, or of a source that is elsewhere and cannot be held.
    package func send(_ kind: Message.Kind, _ bytes: [UInt8], from source: WebSocketConnection?, topic: String? = nil) {
        onLoop { connection in
            bytes.withUnsafeBytes { connection.take(kind == .text ? .text : .binary, $0, from: source, topic) }
        }
    }

    /// Sends a message; of those of its topic only the newest has to wait, where the server's queue policy says so.
    package func send(_ text: String, topic: String) { send(.text, Array(text.utf8), from: nil, topic: topic) }

    /// Sends a message whose source is elsewhere and cannot be held. To be called on the connection's event loop.
    func send(_ message: borrowing Message, topic: String?) { take(message.opcode, message.memory, from: nil, topic) }

    private func take(
        _ opcode: Opcode, _ bytes: UnsafeRawBufferPointer, from source: WebSocketConnection?, _ topic: String?
    ) {
        guard let handler else { return }
        handler.send(opcode, bytes, topic: topic)
        watch?.sent(now: Clock.now())
        guard handler.isFull, let source, source !== self, waiters[ObjectIdentifier(source)] == nil else { return }
        waiters[ObjectIdentifier(source)] = source
        source.onLoop { $0.hold() }
    }

    private func hold() {
        guard let handler else { return }
        handler.holds += 1
        handler.commons.counters.held.add(1)
    }

    private func release() {
        guard let handler else { return }
        handler.holds -= 1
        handler.resumeReading()
    }

    func releaseWaiters() {
        guard !waiters.isEmpty else { return }
        for waiter in waiters.values { waiter.onLoop { $0.release() } }
        waiters = [:]
    }

    /// The topic of a message: a JSON object's `topic`, nil for everything else.
    package static func topic(of message: borrowing Message) -> String? {
        guard message.kind == .text else { return nil }
        let value = message.withBytes { try? JSONValue(parsing: $0) }
        guard case .string(let topic)? = value?["topic"] else { return nil }
        return topic
    }
}

/// Who may do what.
extension WebSocketConnection {
    /// Whether its user may do that in a room, as the server's grants have it.
    package func may(_ action: Grant.Action, in room: String) -> Bool {
        if action != .read, server.options.faults.contains(.sendUnchecked) { return true }
        return server.options.grants.allow(action, user: user, room: room)
    }

    /// Ends the connection because its user may not do that.
    package func refuse(_ action: Grant.Action, _ room: String) {
        close(code: 1008, reason: "\(user ?? "nobody known") may not \(action.rawValue) in \(room)")
    }

    /// Whether messages of one topic replace each other while they wait.
    package var keepsTopics: Bool { server.options.queuePolicy == .newestPerTopic }

    /// What the server does wrong on purpose.
    package var faults: Set<Fault> { server.options.faults }
}
