/// A place in a topic's journal.
///
/// The epoch tells one life of the journal from the next: a journal that expired, or that its server lost, begins anew,
/// and its numbers say nothing about the old ones.
package struct JournalPosition: Hashable, Sendable {
    /// When the journal began, in milliseconds since 1970.
    package let epoch: UInt64
    /// 1 for the first entry, and one more for each that follows.
    package let number: UInt64

    package init(epoch: UInt64, number: UInt64) {
        self.epoch = epoch
        self.number = number
    }

    /// Whether `other` is the very next entry.
    package func precedes(_ other: JournalPosition) -> Bool { epoch == other.epoch && number + 1 == other.number }

    /// Whether `other` has this entry behind it, or is it.
    package func isCovered(by other: JournalPosition) -> Bool { epoch == other.epoch && number <= other.number }
}

extension JournalPosition: LosslessStringConvertible {
    /// `EPOCH-NUMBER`, as the identifiers of a Redis stream are written.
    package var description: String { "\(epoch)-\(number)" }

    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let epoch = UInt64(parts[0]), let number = UInt64(parts[1]), number < UInt64.max
        else { return nil }
        self.init(epoch: epoch, number: number)
    }
}

/// One message of a journal.
package struct JournalEntry: Hashable, Sendable {
    package let position: JournalPosition
    package let payload: [UInt8]

    package init(position: JournalPosition, payload: [UInt8]) {
        self.position = position
        self.payload = payload
    }
}

/// A piece of a journal, and its ends at the time of reading.
package struct JournalPage: Hashable, Sendable {
    package let entries: [JournalEntry]
    /// The oldest entry that is kept; nil where there is none.
    package let first: JournalPosition?
    package let last: JournalPosition?

    package init(entries: [JournalEntry], first: JournalPosition?, last: JournalPosition?) {
        self.entries = entries
        self.first = first
        self.last = last
    }

    /// Whether every entry behind `position` is still there.
    package func continues(_ position: JournalPosition) -> Bool {
        guard let first, let last else { return false }
        return first.epoch == position.epoch && first.number <= position.number + 1 && position.number <= last.number
    }
}

/// How much of a journal is kept.
package struct JournalLimits: Hashable, Sendable {
    /// The newest entries.
    package var entries = 1024
    /// Their bytes, where the journal is held in this process.
    package var bytes = 1 << 20
    /// Journals held in this process; behind that, the one that was used least recently is forgotten.
    package var journals = 256
    /// A journal that nobody appends to is forgotten after so many seconds.
    package var seconds = 3600

    package init() {}
}
