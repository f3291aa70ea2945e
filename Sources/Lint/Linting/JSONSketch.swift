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
    /// A hash over the keys, the kinds of their values, and what kind of message it is: the same for messages that only
    /// differ in their values.
    package private(set) var shape: UInt64 = 0
    private var typeIndex: Int?
    private var idIndex: Int?

    /// Members beyond this are not looked at.
    private static let memberLimit = 64

    /// - Returns: nil where the text does not begin as an object.
    package init?(_ text: Span<UInt8>) {
        guard read(text) else { return nil }
    }

    /// An empty one, to be filled by `read`.
    init() {}

    /// Takes the members of another text, in the room of those before.
    /// - Returns: False where the text does not begin as an object.
    mutating func read(_ text: Span<UInt8>) -> Bool {
        members.removeAll(keepingCapacity: true)
        shape = 0
        typeIndex = nil
        idIndex = nil
        return text.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return false }
            var scanner = JSONScanner(base, count: bytes.count)
            guard readMembers(&scanner) else { return false }
            if let typeIndex { scanner.mix(members[typeIndex].value, into: &shape) }
            return true
        }
    }

    private mutating func readMembers(_ scanner: inout JSONScanner) -> Bool {
        scanner.skipSpace()
        guard scanner.take(0x7b) else { return false }
        var ranks = (type: UInt8.max, id: UInt8.max)
        members.reserveCapacity(16)
        while members.count < JSONSketch.memberLimit {
            scanner.skipSpace()
            guard scanner.peek == 0x22, let key = scanner.string() else { return true }
            scanner.skipSpace()
            guard scanner.take(0x3a) else { return true }
            scanner.skipSpace()
            guard let (value, kind) = scanner.value() else { return true }
            if kind == .string || kind == .number { note(key, scanner, &ranks) }
            members.append(Member(key: key, value: value, kind: kind))
            scanner.mix(key, into: &shape)
            shape = (shape ^ UInt64(kind.rawValue)) &* 0x9e37_79b9_7f4a_7c15
            scanner.skipSpace()
            guard scanner.take(0x2c) else { return true }
        }
        return true
    }

    /// - Parameter key: Of the member that comes next.
    private mutating func note(_ key: Range<Int>, _ scanner: JSONScanner, _ ranks: inout (type: UInt8, id: UInt8)) {
        guard let role = KeyRole(scanner, key) else { return }
        switch role {
        case .type(let rank) where rank < ranks.type:
            ranks.type = rank
            typeIndex = members.count
        case .id(let rank) where rank < ranks.id:
            ranks.id = rank
            idIndex = members.count
        case .type, .id: break
        }
    }

    /// What kind of message it says it is: the first of `type`, `action`, `op`, `event`, `method`, `cmd` and `command`
    /// that is a string or number.
    package var typeMember: Member? { typeIndex.map { members[$0] } }

    /// What ties a reply to its request: in the same way `id`, `requestId`, `request_id`, `reqId`, `seq`, `ref`,
    /// `correlationId` or `correlation_id`.
    package var idMember: Member? { idIndex.map { members[$0] } }

    /// The first member with that key.
    package func member(_ key: StaticString, in text: Span<UInt8>) -> Member? {
        members.first { text.extracting($0.key).equals(key) }
    }

    /// The value of the first of these keys that there is: a string's text, or a number as it stands; safe for nobody.
    package func text(of keys: [StaticString], in text: Span<UInt8>) -> String? {
        for key in keys {
            guard let member = member(key, in: text), member.kind == .string || member.kind == .number else { continue }
            return self.text(of: member, in: text)
        }
        return nil
    }

    /// What kind of message it says it is; safe for nobody.
    package func type(in text: Span<UInt8>) -> String? { typeMember.map { self.text(of: $0, in: text) } }

    /// What ties a reply to its request; safe for nobody.
    package func id(in text: Span<UInt8>) -> String? { idMember.map { self.text(of: $0, in: text) } }

    private func text(of member: Member, in text: Span<UInt8>) -> String {
        text.extracting(member.value).withUnsafeBufferPointer { String(decoding: $0.prefix(200), as: UTF8.self) }
    }
}

/// What a key says about its message; the smaller the rank, the more it counts.
private enum KeyRole {
    case type(rank: UInt8)
    case id(rank: UInt8)

    init?(_ scanner: JSONScanner, _ range: Range<Int>) {
        guard (2...14).contains(range.count) else { return nil }
        let (word, role): (StaticString, KeyRole)
        // The length and the first letter leave one word.
        switch range.count << 8 | Int(scanner[range.lowerBound]) {
        case 4 << 8 | 0x74: (word, role) = ("type", .type(rank: 0))
        case 6 << 8 | 0x61: (word, role) = ("action", .type(rank: 1))
        case 2 << 8 | 0x6f: (word, role) = ("op", .type(rank: 2))
        case 5 << 8 | 0x65: (word, role) = ("event", .type(rank: 3))
        case 6 << 8 | 0x6d: (word, role) = ("method", .type(rank: 4))
        case 3 << 8 | 0x63: (word, role) = ("cmd", .type(rank: 5))
        case 7 << 8 | 0x63: (word, role) = ("command", .type(rank: 6))
        case 2 << 8 | 0x69: (word, role) = ("id", .id(rank: 0))
        case 9 << 8 | 0x72: (word, role) = ("requestId", .id(rank: 1))
        case 10 << 8 | 0x72: (word, role) = ("request_id", .id(rank: 2))
        case 5 << 8 | 0x72: (word, role) = ("reqId", .id(rank: 3))
        case 3 << 8 | 0x73: (word, role) = ("seq", .id(rank: 4))
        case 3 << 8 | 0x72: (word, role) = ("ref", .id(rank: 5))
        case 13 << 8 | 0x63: (word, role) = ("correlationId", .id(rank: 6))
        case 14 << 8 | 0x63: (word, role) = ("correlation_id", .id(rank: 7))
        default: return nil
        }
        guard scanner.equals(word, range) else { return nil }
        self = role
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
