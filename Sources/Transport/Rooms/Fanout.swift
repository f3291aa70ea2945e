import NIOCore
import Synchronization

/// One message to many connections, from any thread: one turn of each event loop for all of its connections.
enum Fanout {
    static func send(_ kind: Message.Kind, _ bytes: [UInt8], to connections: [WebSocketConnection]) {
        send(kind, bytes, to: connections) {}
    }

    /// - Parameter done: Called when the last event loop has taken it.
    static func send(
        _ kind: Message.Kind, _ bytes: [UInt8], to connections: [WebSocketConnection],
        done: @escaping @Sendable () -> Void
    ) {
        let loops = distinct(connections)
        guard !loops.isEmpty else { return done() }
        let left = Countdown(loops.count, done)
        for loop in loops {
            loop.execute {
                bytes.withUnsafeBytes { memory in
                    let message = Message(kind, memory)
                    let topic = connections.first?.keepsTopics == true ? WebSocketConnection.topic(of: message) : nil
                    for connection in connections where connection.eventLoop === loop {
                        connection.send(message, topic: topic)
                    }
                }
                left.one()
            }
        }
    }

    private static func distinct(_ connections: [WebSocketConnection]) -> [any EventLoop] {
        var loops: [any EventLoop] = []
        for connection in connections where !loops.contains(where: { $0 === connection.eventLoop }) {
            loops.append(connection.eventLoop)
        }
        return loops
    }

    private final class Countdown: Sendable {
        private let left: Atomic<Int>
        private let done: @Sendable () -> Void

        init(_ count: Int, _ done: @escaping @Sendable () -> Void) {
            left = Atomic(count)
            self.done = done
        }

        func one() {
            if left.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { done() }
        }
    }
}
