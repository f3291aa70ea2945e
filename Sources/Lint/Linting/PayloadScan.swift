/// What a text says that it should not: secrets, personal data, traces of errors. One pass over its first bytes finds
/// all of it.
///
/// Two bytes at every second place are looked up in a table of 65,536 entries, which tells where one of the patterns may
/// be and where only digits are. Everything else is looked at there only, so plain text costs a quarter of a nanosecond
/// a byte, and nothing is allocated.
package struct PayloadScan: Sendable {
    package struct Hit: Hashable, Sendable {
        package let kind: Kind
        /// Of the text.
        package let bytes: Range<Int>
    }

    package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case stackTrace, sourceLine, databaseError
        case privateKey, cloudKey, webToken, namedSecret
        case email, card, privateAddress

        fileprivate var bit: UInt16 { 1 << UInt16(rawValue) }
    }

    /// The first of each kind, of web tokens the first four; by place.
    package private(set) var hits: [Hit] = []

    /// Bytes of a text that are looked at.
    package static let limit = 65_536
    private static let tokenLimit = 4

    private var kinds: UInt16 = 0
    private var tokens = 0
    /// Where the last run of digits ended, so that it is read once.
    private var digitsEnd = 0

    package init(_ text: Span<UInt8>) {
        let text = text.extracting(first: PayloadScan.limit)
        let table = PatternTable.shared
        text.withUnsafeBytes { bytes in
            table.triggers.withUnsafeBufferPointer { scan(bytes, text, $0, table) }
        }
    }

    package var isEmpty: Bool { kinds == 0 }

    package func first(_ kind: Kind) -> Hit? {
        kinds & kind.bit == 0 ? nil : hits.first { $0.kind == kind }
    }

    private mutating func scan(
        _ bytes: UnsafeRawBufferPointer, _ text: Span<UInt8>, _ triggers: UnsafeBufferPointer<UInt8>,
        _ table: PatternTable
    ) {
        let whole = bytes.count & ~7
        var index = 0
        var earlier: UInt8 = 0
        while index < whole {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let found = PayloadScan.look(word, &earlier, triggers)
            if found != 0 { confirm(found, at: index, bytes, text, table) }
            index &+= 8
        }
        guard index < bytes.count else { return }
        var word: UInt64 = 0
        for offset in 0..<(bytes.count &- index) { word |= UInt64(bytes[index &+ offset]) &<< UInt64(8 &* offset) }
        let found = PayloadScan.look(word, &earlier, triggers)
        if found != 0 { confirm(found, at: index, bytes, text, table) }
    }

    /// - Parameters:
    ///   - word: Eight bytes of the text, the first in the lowest bits.
    ///   - earlier: Whether the last four bytes before were digits.
    /// - Returns: The lists of the four places, a byte each, and in the lowest one the bit of digits where there are
    ///   eight of them; 0 for nothing.
    @inline(__always)
    private static func look(_ word: UInt64, _ earlier: inout UInt8, _ triggers: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let first = triggers[Int(truncatingIfNeeded: word & 0xffff)]
        let second = triggers[Int(truncatingIfNeeded: word >> 16 & 0xffff)]
        let third = triggers[Int(truncatingIfNeeded: word >> 32 & 0xffff)]
        let fourth = triggers[Int(truncatingIfNeeded: word >> 48)]
        let low = first & second
        let high = third & fourth
        let digits = low & (earlier | high) & PatternTable.digits
        earlier = high
        let any = (first | second | third | fourth) & ~PatternTable.digits | digits
        guard any != 0 else { return 0 }
        let lists = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16 | UInt32(fourth) << 24
        return lists & 0x7f7f_7f7f | UInt32(digits)
    }

    @inline(never)
    private mutating func confirm(
        _ found: UInt32, at index: Int, _ bytes: UnsafeRawBufferPointer, _ text: Span<UInt8>, _ table: PatternTable
    ) {
        if found & UInt32(PatternTable.digits) != 0 { readDigits(at: index, text) }
        for place in 0..<4 {
            let list = Int(found &>> UInt32(8 &* place) & 0x7f)
            guard list != 0 else { continue }
            for number in table.ends[list &- 1]..<table.ends[list] {
                let start = index &+ 2 &* place &- table.entries[number].offset
                guard table.entries[number].mayMatch(bytes, at: start) else { continue }
                confirm(table.patterns[table.entries[number].pattern], at: start, text)
            }
        }
    }

    private mutating func confirm(_ pattern: Pattern, at start: Int, _ text: Span<UInt8>) {
        guard pattern.matches(text, at: start) else { return }
        guard let hit = pattern.check(text, start..<start &+ pattern.word.utf8CodeUnitCount) else { return }
        add(hit)
    }

    private mutating func readDigits(at index: Int, _ text: Span<UInt8>) {
        guard index &+ 4 > digitsEnd, kinds & Kind.card.bit == 0 else { return }
        let run = CardNumber.run(in: text, around: index)
        digitsEnd = run.upperBound
        if let card = CardNumber.range(in: text, run) { add(Hit(kind: .card, bytes: card)) }
    }

    private mutating func add(_ hit: Hit) {
        let bit = hit.kind.bit
        if hit.kind == .webToken {
            guard tokens < PayloadScan.tokenLimit, !hits.contains(hit) else { return }
            tokens += 1
        } else if kinds & bit != 0 {
            return
        }
        kinds |= bit
        hits.append(hit)
    }
}
