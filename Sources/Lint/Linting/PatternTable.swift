/// Tells from two bytes which patterns may be there.
final class PatternTable: Sendable {
    /// A pattern, and how far behind its beginning the two bytes are; -1: one byte before it.
    struct Entry: Hashable, Sendable {
        let pattern: Int
        let offset: Int
        let count: Int
        /// Of the word, with the bit of small letters where capitals are the same.
        let first: UInt8
        let last: UInt8
        let fold: UInt8

        /// Whether the word may stand there: a look at its ends, which is most often enough to see that it does not.
        @inline(__always)
        func mayMatch(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
            start >= 0 && start &+ count <= text.count && text[start] | fold == first
                && text[start &+ count &- 1] | fold == last
        }
    }

    /// The bit of two bytes that are each a digit, a space or a hyphen: what numbers of cards are made of.
    static let digits: UInt8 = 0x80
    static let shared = PatternTable(Pattern.all)

    let patterns: [Pattern]
    /// By two bytes, the first in the lower bits: the number of a list of what may be there, 0 for nothing; and `digits`.
    let triggers: [UInt8]
    /// Where in `entries` each list ends, and the next begins.
    let ends: [Int]
    let entries: [Entry]

    /// A word is found through its anchor, at whichever of two neighbouring places is looked at.
    private init(_ patterns: [Pattern]) {
        self.patterns = patterns
        var found: [Int: [Entry]] = [:]
        for (number, pattern) in patterns.enumerated() {
            for (pair, offset) in PatternTable.pairs(of: pattern) {
                found[pair, default: []].append(Entry(number, pattern, offset))
            }
        }
        var triggers = [UInt8](repeating: 0, count: 65_536)
        var ends = [0]
        var entries: [Entry] = []
        var lists: [[Entry]: Int] = [:]
        for (pair, list) in found {
            if lists[list] == nil {
                lists[list] = ends.count
                entries += list
                ends.append(entries.count)
            }
            triggers[pair] = UInt8(lists[list] ?? 0)
        }
        precondition(ends.count <= Int(PatternTable.digits), "too many patterns")
        let ofCards = Array("0123456789 -".utf8)
        for first in ofCards {
            for second in ofCards { triggers[Int(first) | Int(second) << 8] |= PatternTable.digits }
        }
        self.triggers = triggers
        self.ends = ends
        self.entries = entries
    }

    /// Which two bytes tell of a word, and where in it they stand.
    private static func pairs(of pattern: Pattern) -> [(pair: Int, offset: Int)] {
        let word = pattern.word.withUTF8Buffer { Array($0) }
        if word.count == 1 {
            let byte = Int(word[0])
            return (0..<256).map { (byte | $0 << 8, 0) } + (0..<256).map { ($0 | byte << 8, -1) }
        }
        return (pattern.anchor...pattern.anchor + 1).flatMap { offset in
            forms(word[offset], pattern.foldsCase).flatMap { first in
                forms(word[offset + 1], pattern.foldsCase).map { (Int(first) | Int($0) << 8, offset) }
            }
        }
    }

    private static func forms(_ byte: UInt8, _ foldsCase: Bool) -> [UInt8] {
        let lower = byte.lowercasedLetter
        return foldsCase && (0x61...0x7a).contains(lower) ? [lower, lower & ~0x20] : [byte]
    }
}

extension PatternTable.Entry {
    fileprivate init(_ number: Int, _ pattern: Pattern, _ offset: Int) {
        let word = pattern.word.withUTF8Buffer { Array($0) }
        self.pattern = number
        self.offset = offset
        count = word.count
        fold = pattern.foldsCase ? 0x20 : 0
        first = word[0] | fold
        last = word[word.count - 1] | fold
    }
}
