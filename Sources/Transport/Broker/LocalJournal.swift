/// A topic's newest entries, held in this process.
struct LocalJournal: Sendable {
    private let epoch: UInt64
    private var number: UInt64 = 0
    private var entries: [JournalEntry] = []
    /// Of the entries, in their order.
    private var keys: [String] = []
    private var bytes = 0
    private var positions: [String: JournalEntry] = [:]
    var lastUse: UInt64 = 0

    init(epoch: UInt64) { self.epoch = epoch }

    /// - Returns: The entry of that key, and whether it was not there before.
    mutating func append(_ payload: [UInt8], key: String, _ limits: JournalLimits) -> (JournalEntry, isNew: Bool) {
        if let known = positions[key] { return (known, false) }
        number += 1
        let entry = JournalEntry(position: JournalPosition(epoch: epoch, number: number), payload: payload)
        entries.append(entry)
        keys.append(key)
        positions[key] = entry
        bytes += payload.count
        while entries.count > limits.entries || (bytes > limits.bytes && entries.count > 1) {
            bytes -= entries.removeFirst().payload.count
            positions[keys.removeFirst()] = nil
        }
        return (entry, true)
    }

    func page(after position: JournalPosition?, limit: Int) -> JournalPage {
        let behind = entries.drop { entry in position.map { entry.position.isCovered(by: $0) } ?? false }
        return JournalPage(
            entries: Array(behind.prefix(limit)), first: entries.first?.position, last: entries.last?.position)
    }
}
