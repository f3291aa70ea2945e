/// What a message carries through Redis besides itself: `P` and the node that published it, or `A` and its place in the
/// journal, then a line feed, then the payload.
enum RedisEnvelope {
    case published([UInt8], from: String)
    case appended(JournalEntry)

    static func published(_ payload: [UInt8], from node: String) -> [UInt8] { Array("P\(node)\n".utf8) + payload }

    /// Nil for what no node of ours can have sent: anybody who reaches Redis can publish anything.
    init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: 0x0a), end > 0 else { return nil }
        let name = String(decoding: bytes[1..<end], as: UTF8.self)
        let payload = Array(bytes[(end + 1)...])
        switch bytes[0] {
        case UInt8(ascii: "P"): self = .published(payload, from: name)
        case UInt8(ascii: "A"):
            guard let position = JournalPosition(name) else { return nil }
            self = .appended(JournalEntry(position: position, payload: payload))
        default: return nil
        }
    }
}

extension JournalEntry {
    /// `[id, [field, value]]`, as XRANGE gives it.
    init?(_ value: RedisValue) {
        let parts = value.elements
        guard parts.count == 2, let position = parts[0].text.flatMap(JournalPosition.init),
            parts[1].elements.count == 2,
            let payload = parts[1].elements[1].payload
        else { return nil }
        self.init(position: position, payload: payload)
    }
}

extension JournalPage {
    /// What the reading script gives.
    init?(_ value: RedisValue) {
        let parts = value.elements
        guard parts.count == 3 else { return nil }
        let lists = parts.map { $0.elements.compactMap(JournalEntry.init) }
        self.init(entries: lists[0], first: lists[1].first?.position, last: lists[2].first?.position)
    }
}
