import Synchronization

/// Rooms: what one sends, all others in the room receive, on every node that shares the broker. The room is the path.
///
/// What is said here reaches the members here whatever becomes of the broker; the members on other nodes hear it through
/// the broker, and a time in which they could not is told to everybody.
package final class Chat: BrokeredScenario {
    package static let name = "chat"
    package static let summary =
        "what one sends, all others in the room receive, ?presence also who is there; the path is the room, of at most "
        + "\(mostMembers) members a node, and a message has at most \(longestMessage) bytes"
    package static let path = "/chat/ROOM"

    package static let mostMembers = 256
    static let longestMessage = 65_536
    private static let longestName = 64
    /// The most bytes of other nodes' messages that may wait for this node's event loops.
    private static let mostWaiting = 16 << 20

    private let rooms: Rooms
    private let arrivals: Arrivals

    package convenience init() { self.init(BrokerSetup()) }

    package init(_ setup: BrokerSetup) {
        let arrivals = Arrivals(most: Chat.mostWaiting)
        self.arrivals = arrivals
        let later = Later<Rooms>()
        var hooks = Rooms.Hooks()
        hooks.said = { room, kind, bytes in later.value.map { arrivals.deliver(kind, bytes, room, $0) } }
        hooks.restored = { room, gap in later.value?.notify(.gap(milliseconds: gap.duration), room) }
        rooms = Rooms(setup.broker, mostMembers: setup.mostMembers, hooks: hooks)
        later.value = rooms
    }

    package func serves(_ path: String) -> Bool {
        let name = path.dropFirst("/chat/".count)
        return path.hasPrefix("/chat/") && !name.isEmpty && name.utf8.count <= Chat.longestName
    }

    package func room(_ path: String) -> String? { Chat.name(of: path) }

    private static func name(of path: String) -> String {
        path.hasPrefix("/chat/") ? String(path.dropFirst("/chat/".count)) : path
    }

    private static func wantsPresence(_ target: String) -> Bool {
        target.drop { $0 != "?" }.dropFirst().split(separator: "&").contains("presence")
    }

    package func serve(_ connection: WebSocketConnection) {
        let path = connection.path
        let room = Chat.name(of: path)
        // Who tells with the first message who he is, is let in by the handshake.
        guard connection.may(.read, in: room) else { return connection.refuse(.read, room) }
        guard rooms.enter(connection, path, isCurious: Chat.wantsPresence(connection.target)) else {
            return connection.close(code: 1013, reason: "the room is full: \(rooms.mostMembers) members")
        }
        connection.onClose { _ in self.rooms.leave(connection, path) }
        connection.onMessage { message in
            guard message.count <= Chat.longestMessage else {
                return connection.close(code: 1009, reason: "a message has at most \(Chat.longestMessage) bytes here")
            }
            let action: Grant.Action = message.kind == .text ? .sendText : .sendBinary
            guard connection.may(action, in: room) else { return connection.refuse(action, room) }
            let topic = connection.keepsTopics ? WebSocketConnection.topic(of: message) : nil
            let others = self.rooms.members(of: path).filter { $0 !== connection }
            WebSocketConnection.fanOut(message, from: connection, to: others, topic: topic)
            if self.rooms.broker.isShared { self.rooms.publish(.said(message.kind, message.bytes), path) }
        }
    }
}

/// A reference that is set once, when both sides are there, and keeps nothing alive.
final class Later<Value: AnyObject & Sendable>: Sendable {
    private struct Reference { weak var value: Value? }
    private let reference = Mutex(Reference())

    var value: Value? {
        get { reference.withLock { $0.value } }
        set { reference.withLock { $0.value = newValue } }
    }
}
