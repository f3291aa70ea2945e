import Synchronization

/// Who reads which room's journal, on this node.
final class ReaderTable: Sendable {
    private let readers = Mutex<[String: [JournalReader]]>([:])

    func of(_ room: String) -> [JournalReader] { readers.withLock { $0[room] ?? [] } }

    func add(_ reader: JournalReader, to room: String) {
        readers.withLock { $0[room, default: []].append(reader) }
    }

    func remove(_ reader: JournalReader, from room: String) {
        readers.withLock { readers in
            readers[room]?.removeAll { $0 === reader }
            if readers[room]?.isEmpty == true { readers[room] = nil }
        }
    }
}
