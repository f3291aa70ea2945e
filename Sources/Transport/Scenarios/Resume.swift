/// Rooms in which nothing is lost: each message has a number and is acknowledged, and who comes back says what came last.
///
/// WebSocket itself has neither acknowledgements nor replay. A client sends `{"say":"…","id":"…"}` and keeps it until
/// `{"ack":id,"seq":…}` comes; after a lost connection it says it again, under the same id, and it is stored once. So an id
/// is the client's alone: it begins with something random. It
/// opens with `?after=SEQ` and hears what it missed before it hears what is new. The journal is the broker's, so any node
/// can take over the clients of one that is gone.
package final class Resume: BrokeredScenario {
    package static let name = "resume"
    package static let summary =
        "a room in which nothing is lost: {\"say\":TEXT,\"id\":ID} is acknowledged and numbered, and ?after=SEQ tells "
        + "what was missed"
    package static let path = "/resume/ROOM"

    static let longestText = 4096
    private static let longestName = 64

    private let rooms: Rooms
    private let readers: ReaderTable

    package convenience init() { self.init(BrokerSetup()) }

    package init(_ setup: BrokerSetup) {
        let readers = ReaderTable()
        self.readers = readers
        var hooks = Rooms.Hooks()
        hooks.appended = { room, entry in for reader in readers.of(room) { reader.offer(entry) } }
        // At first, and after each gap: what was appended meanwhile is in the journal.
        hooks.subscribed = { room in for reader in readers.of(room) { reader.catchUp() } }
        rooms = Rooms(setup.broker, mostMembers: setup.mostMembers, hooks: hooks)
    }

    package func serves(_ path: String) -> Bool {
        let name = path.dropFirst("/resume/".count)
        return path.hasPrefix("/resume/") && !name.isEmpty && name.utf8.count <= Resume.longestName
    }

    package func room(_ path: String) -> String? { Resume.name(of: path) }

    private static func name(of path: String) -> String {
        path.hasPrefix("/resume/") ? String(path.dropFirst("/resume/".count)) : path
    }

    package func serve(_ connection: WebSocketConnection) {
        let room = connection.path
        let name = Resume.name(of: room)
        guard connection.may(.read, in: name) else { return connection.refuse(.read, name) }
        guard let start = ReaderStart(target: connection.target) else {
            return connection.close(code: 1008, reason: "after=SEQ is EPOCH-NUMBER, or 0 for the beginning")
        }
        let topic = Rooms.topic(room)
        let reader = JournalReader(connection, topic, from: start, rooms.broker)
        let writer = JournalWriter(connection, topic, rooms.broker)
        readers.add(reader, to: room)
        connection.onClose { _ in
            self.rooms.leave(connection, room)
            self.readers.remove(reader, from: room)
            reader.close()
        }
        connection.onDrain { reader.drained() }
        connection.onMessage { message in
            guard connection.may(.sendText, in: name) else { return connection.refuse(.sendText, name) }
            writer.take(message)
        }
        guard rooms.enter(connection, room, isCurious: false) else {
            return connection.close(code: 1013, reason: "the room is full: \(rooms.mostMembers) members")
        }
        reader.catchUp()
    }
}

/// Where a reader begins.
enum ReaderStart: Hashable {
    /// With what comes next.
    case now
    /// With the oldest entry that is kept.
    case beginning
    case after(JournalPosition)

    /// Reads `?after=`; nil where it is no position.
    init?(target: String) {
        let query = target.drop { $0 != "?" }.dropFirst().split(separator: "&")
        guard let value = query.first(where: { $0.hasPrefix("after=") })?.dropFirst("after=".count) else {
            self = .now
            return
        }
        if value == "0" {
            self = .beginning
        } else if let position = JournalPosition(String(value)) {
            self = .after(position)
        } else {
            return nil
        }
    }
}
