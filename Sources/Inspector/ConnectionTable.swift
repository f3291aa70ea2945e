import Connection

/// The connections of a log in the order in which they opened; beyond a limit the oldest closed ones are forgotten.
struct ConnectionTable {
    private var entries: [LogEntry] = []
    private var places: [ConnectionID: Int] = [:]
    private let limit: Int

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    var count: Int { entries.count }

    subscript(place: Int) -> LogEntry {
        get { entries[place] }
        _modify { yield &entries[place] }
    }

    func place(of id: ConnectionID) -> Int? { places[id] }

    /// - Returns: The place of the new connection.
    mutating func open(_ id: ConnectionID, _ opening: Opening?, at time: Timestamp) -> Int {
        // Forgotten some at a time, for every one costs a move of all.
        if entries.count >= limit + limit / 4 { forget() }
        places[id] = entries.count
        entries.append(LogEntry(id, opening: opening, at: time))
        return entries.count - 1
    }

    private mutating func forget() {
        var surplus = entries.count - limit
        entries.removeAll { entry in
            guard surplus > 0, entry.summary.state == .closed else { return false }
            surplus -= 1
            return true
        }
        places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.summary.id, $0) })
    }
}
