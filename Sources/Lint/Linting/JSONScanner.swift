/// Reads JSON from a text that it trusts to be some, eight bytes at a time where nothing of interest is.
struct JSONScanner {
    private let text: UnsafeRawPointer
    private let count: Int
    private(set) var index = 0

    init(_ text: UnsafeRawPointer, count: Int) {
        self.text = text
        self.count = count
    }

    subscript(index: Int) -> UInt8 { text.load(fromByteOffset: index, as: UInt8.self) }

    var peek: UInt8? { index < count ? self[index] : nil }

    func equals(_ word: StaticString, _ range: Range<Int>) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count where self[range.lowerBound &+ offset] != word.utf8Start[offset] { return false }
        return true
    }

    /// Spaces, tabs, line ends, and control characters that should not be there.
    @inline(__always)
    mutating func skipSpace() {
        while index < count, self[index] <= 0x20 { index &+= 1 }
    }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        index &+= 1
        return true
    }

    /// The inside of a string that begins here; nil where it does not end.
    @inline(__always)
    mutating func string() -> Range<Int>? {
        let start = index &+ 1
        var end = start
        while true {
            end = next(from: end) { JSONScanner.places(of: 0x22, in: $0) | JSONScanner.places(of: 0x5c, in: $0) }
            guard end < count else {
                index = count
                return nil
            }
            switch self[end] {
            case 0x22:
                index = end &+ 1
                return start..<end
            case 0x5c: end &+= 2
            default: end &+= 1
            }
        }
    }

    @inline(__always)
    mutating func value() -> (Range<Int>, JSONSketch.Kind)? {
        guard let first = peek else { return nil }
        switch first {
        case 0x22: return string().map { ($0, .string) }
        case 0x7b: return nested().map { ($0, .object) }
        case 0x5b: return nested().map { ($0, .array) }
        case 0x2d, 0x30...0x39: return (plain(), .number)
        case 0x74, 0x66: return (plain(), .boolean)
        case 0x6e: return (plain(), .null)
        default: return nil
        }
    }

    /// A number or a word.
    private mutating func plain() -> Range<Int> {
        let start = index
        while index < count, self[index] > 0x20, self[index] != 0x2c, self[index] != 0x7d { index &+= 1 }
        return start..<index
    }

    /// An object or array, to its matching end.
    private mutating func nested() -> Range<Int>? {
        let start = index
        var depth = 0
        while true {
            // With these bits set, all four brackets are the same; so are Y, y and _, which do no harm.
            index = next(from: index) { word in
                JSONScanner.places(of: 0x22, in: word) | JSONScanner.places(of: 0x7f, in: word | 0x2626_2626_2626_2626)
            }
            guard index < count else { return nil }
            switch self[index] {
            case 0x22:
                guard string() != nil else { return nil }
                continue
            case 0x7b, 0x5b: depth &+= 1
            case 0x7d, 0x5d:
                depth &-= 1
                if depth == 0 {
                    index &+= 1
                    return start..<index
                }
            default: break
            }
            index &+= 1
        }
    }

    /// The first byte for which `places` has a bit, or one of the last seven of the text.
    @inline(__always)
    private func next(from start: Int, _ places: (UInt64) -> UInt64) -> Int {
        var index = start
        while index &+ 8 <= count {
            let found = places(word(at: index))
            if found != 0 { return index &+ found.trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        return index
    }

    /// Eight bytes, the first in the lowest bits.
    @inline(__always)
    private func word(at index: Int) -> UInt64 {
        text.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
    }

    /// Takes those bytes into a hash.
    @inline(__always)
    func mix(_ range: Range<Int>, into hash: inout UInt64) {
        var index = range.lowerBound
        while index < range.upperBound {
            let left = min(8, range.upperBound &- index)
            var word: UInt64 = 0
            if index &+ 8 <= count {
                word = self.word(at: index) & UInt64.max &>> UInt64(64 &- 8 &* left)
            } else {
                for offset in 0..<left { word |= UInt64(self[index &+ offset]) &<< UInt64(8 &* offset) }
            }
            hash = (hash ^ word) &* 0xff51_afd7_ed55_8ccd
            hash ^= hash >> 32
            index &+= 8
        }
    }

    /// The high bit of every byte that is `byte`; of bytes behind the first that is, perhaps of others, too.
    @inline(__always)
    private static func places(of byte: UInt64, in word: UInt64) -> UInt64 {
        let difference = word ^ (byte &* 0x0101_0101_0101_0101)
        return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
    }
}
