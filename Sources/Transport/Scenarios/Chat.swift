import Synchronization

/// Rooms: what one sends, all others in the room receive. The room is the path.
package final class Chat: Scenario {
    package static let name = "chat"
    package static let summary =
        "what one sends, all others in the room receive; the path is the room, of at most "
        + "\(mostMembers) members, and a message has at most \(longestMessage) bytes"
    package static let path = "/chat/ROOM"

    static let mostMembers = 256
    static let longestMessage = 65_536
    private static let longestName = 64

    private typealias Room = [ObjectIdentifier: WebSocketConnection]
    private let rooms = Mutex<[String: Room]>([:])

    package init() {}

    package func serves(_ path: String) -> Bool {
        let name = path.dropFirst("/chat/".count)
        return path.hasPrefix("/chat/") && !name.isEmpty && name.utf8.count <= Chat.longestName
    }

    package func serve(_ connection: WebSocketConnection) {
        let path = connection.path
        guard enter(connection, path) else {
            return connection.close(code: 1013, reason: "the room is full: \(Chat.mostMembers) members")
        }
        connection.onClose { _ in self.leave(connection, path) }
        connection.onMessage { message in
            guard message.count <= Chat.longestMessage else {
                return connection.close(code: 1009, reason: "a message has at most \(Chat.longestMessage) bytes here")
            }
            for other in self.others(of: connection, path) { other.send(message) }
        }
    }

    private func enter(_ connection: WebSocketConnection, _ path: String) -> Bool {
        rooms.withLock { rooms in
            guard rooms[path, default: [:]].count < Chat.mostMembers else { return false }
            rooms[path, default: [:]][ObjectIdentifier(connection)] = connection
            return true
        }
    }

    private func leave(_ connection: WebSocketConnection, _ path: String) {
        rooms.withLock { rooms in
            rooms[path]?[ObjectIdentifier(connection)] = nil
            if rooms[path]?.isEmpty == true { rooms[path] = nil }
        }
    }

    private func others(of connection: WebSocketConnection, _ path: String) -> [WebSocketConnection] {
        rooms.withLock { rooms in (rooms[path] ?? [:]).values.filter { $0 !== connection } }
    }
}
