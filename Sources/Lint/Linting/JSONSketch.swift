/// The keys and values of a JSON object's top level, by their places: enough to tell what kind of message it is, at a
/// fraction of what parsing costs. Trusts the text to be JSON; of what is none, it sees nil or a part.
package struct JSONSketch: Sendable {
    package enum Kind: UInt8, Hashable, Sendable { case object, array, string, number, boolean, null }

    package struct Member: Sendable {
        /// Without its quotes.
        package let key: Range<Int>
        /// A string without its quotes; everything else whole.
        package let value: Range<Int>
        package let kind: Kind
    }

    package private(set) var members: [Member] = []

    /// Members beyond this are not looked at.
    private static let memberLimit = 64

    /// - Returns: nil where the text does not begin as an object.
    package init?(_ text: Span<UInt8>) {
        let isObject = text.withUnsafeBufferPointer { buffer in
            var scanner = Scanner(text: buffer)
            return read(&scanner)
        }
        guard isObject else { return nil }
    }

    private mutating func read(_ scanner: inout Scanner) -> Bool {
        scanner.skipSpace()
        guard scanner.take(0x7b) else { return false }
        members.reserveCapacity(8)
        while members.count < JSONSketch.memberLimit {
            scanner.skipSpace()
            guard scanner.peek == 0x22, let key = scanner.string() else { return true }
            scanner.skipSpace()
            guard scanner.take(0x3a) else { return true }
            scanner.skipSpace()
            guard let (value, kind) = scanner.value() else { return true }
            members.append(Member(key: key, value: value, kind: kind))
            scanner.skipSpace()
            guard scanner.take(0x2c) else { return true }
        }
        return true
    }

    /// The first member with that key.
    package func member(_ key: StaticString, in text: Span<UInt8>) -> Member? {
        members.first { text.extracting($0.key).equals(key) }
    }

    /// The value of the first of these keys that there is: a string's text, or a number as it stands; safe for nobody.
    package func text(of keys: [StaticString], in text: Span<UInt8>) -> String? {
        first(of: keys, in: text).map { member in
            text.extracting(member.value).withUnsafeBufferPointer { String(decoding: $0.prefix(200), as: UTF8.self) }
        }
    }

    /// The first of these keys whose value is a string or number.
    private func first(of keys: [StaticString], in text: Span<UInt8>) -> Member? {
        for key in keys {
            guard let member = member(key, in: text), member.kind == .string || member.kind == .number else { continue }
            return member
        }
        return nil
    }

    /// What kind of message it says it is: `type`, `action`, `op`, `event`, `method`, `cmd` or `command`.
    package func type(in text: Span<UInt8>) -> String? { self.text(of: JSONSketch.typeKeys, in: text) }

    /// What ties a reply to its request: `id`, `requestId`, `request_id`, `reqId`, `seq`, `ref`, `correlationId`.
    package func id(in text: Span<UInt8>) -> String? { self.text(of: JSONSketch.idKeys, in: text) }

    /// A hash over the keys, the kinds of their values, and what kind of message it is: the same for messages that only
    /// differ in their values.
    package func shape(in text: Span<UInt8>) -> UInt64 {
        text.withUnsafeBytes { bytes in
            var hash: UInt64 = 0
            for member in members {
                JSONSketch.mix(bytes, member.key, into: &hash)
                hash = (hash ^ UInt64(member.kind.rawValue)) &* 0x9e37_79b9_7f4a_7c15
            }
            if let type = first(of: JSONSketch.typeKeys, in: text) { JSONSketch.mix(bytes, type.value, into: &hash) }
            return hash
        }
    }

    private static func mix(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, into hash: inout UInt64) {
        var index = range.lowerBound
        while index < range.upperBound {
            let count = min(8, range.upperBound &- index)
            var word: UInt64 = 0
            if index &+ 8 <= bytes.count {
                word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
                word &= UInt64.max >> UInt64(64 &- 8 &* count)
            } else {
                for offset in 0..<count { word |= UInt64(bytes[index &+ offset]) << UInt64(8 &* offset) }
            }
            hash = (hash ^ word) &* 0xff51_afd7_ed55_8ccd
            hash ^= hash >> 32
            index &+= 8
        }
    }

    private static let typeKeys: [StaticString] = ["type", "action", "op", "event", "method", "cmd", "command"]
    private static let idKeys: [StaticString] = [
        "id", "requestId", "request_id", "reqId", "seq", "ref", "correlationId", "correlation_id",
    ]

    private struct Scanner {
        let text: UnsafeBufferPointer<UInt8>
        var index = 0

        var peek: UInt8? { index < text.count ? text[index] : nil }

        mutating func skipSpace() {
            while index < text.count, text[index] == 0x20 || (text[index] >= 0x09 && text[index] <= 0x0d) { index += 1 }
        }

        mutating func take(_ byte: UInt8) -> Bool {
            guard peek == byte else { return false }
            index += 1
            return true
        }

        /// The inside of a string that begins here; nil where it does not end.
        mutating func string() -> Range<Int>? {
            let start = index + 1
            index = start
            while index < text.count {
                switch text[index] {
                case 0x22:
                    index += 1
                    return start..<index - 1
                case 0x5c: index += 2
                default: index += 1
                }
            }
            return nil
        }

        mutating func value() -> (Range<Int>, Kind)? {
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
            while index < text.count, text[index] > 0x20, text[index] != 0x2c, text[index] != 0x7d { index += 1 }
            return start..<index
        }

        /// An object or array, to its matching end.
        private mutating func nested() -> Range<Int>? {
            let start = index
            var depth = 0
            while index < text.count {
                switch text[index] {
                case 0x22:
                    guard string() != nil else { return nil }
                    continue
                case 0x7b, 0x5b: depth += 1
                case 0x7d, 0x5d:
                    depth -= 1
                    if depth == 0 {
                        index += 1
                        return start..<index
                    }
                default: break
                }
                index += 1
            }
            return nil
        }
    }
}

extension Span<UInt8> {
    /// Whether these are the bytes of that text.
    package func equals(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { other in
            for index in 0..<count where self[index] != other[index] { return false }
            return true
        }
    }
}
