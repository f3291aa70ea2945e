import Connection

/// The connections of a log in the order in which they opened; beyond a limit the oldest closed ones are forgotten.
struct ConnectionTable {
    private var entries: [LogEntry] = []
    private var places: [ConnectionID: Int] = [:]
    private let limit: Int
    /// How many there may be before some are forgotten: some at a time, for each time moves them all.
    private var threshold: Int

    init(limit: Int) {
        self.limit = max(1, limit)
        threshold = self.limit + self.limit / 4
    }

    var count: Int { entries.count }

    subscript(place: Int) -> LogEntry {
        get { entries[place] }
        _modify { yield &entries[place] }
    }

    func place(of id: ConnectionID) -> Int? { places[id] }

    /// - Returns: The place of the new connection.
    mutating func open(_ id: ConnectionID, _ opening: Opening?, at time: Timestamp) -> Int {
        if entries.count >= threshold { forget() }
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
        threshold = max(limit, entries.count) + limit / 4
        places = Dictionary(entries.enumerated().map { ($1.summary.id, $0) }) { _, newer in newer }
    }
}
