import Wire

/// Tells a message again whose id and times differ: a hash over everything else.
struct RequestForm: Hashable {
    private let hash: ContentHash

    var value: UInt64 { hash.value }

    /// - Parameters:
    ///   - sketch: Of the payload; nil where it is no JSON object, and all of it counts.
    ///   - gist: Of the payload.
    init(_ payload: Span<UInt8>, _ sketch: JSONSketch?, _ gist: MessageGist) {
        guard let sketch else {
            hash = ContentHash(payload)
            return
        }
        var hash = ContentHash()
        for member in sketch.members {
            hash.add(payload.extracting(member.key))
            guard member.value != gist.id else { continue }
            let value = payload.extracting(member.value)
            switch member.kind {
            case .number where Self.isTime(number: value): break
            case .string where Self.isTime(text: value) || Self.isUnique(value): break
            case .number, .string, .object, .array, .boolean, .null: hash.add(value)
            }
        }
        self.hash = hash
    }

    /// Seconds or milliseconds since 1970, at present: ten digits before the point, or more.
    private static func isTime(number: Span<UInt8>) -> Bool {
        var digits = 0
        while digits < number.count, (0x30...0x39).contains(number[digits]) { digits += 1 }
        return (10...19).contains(digits)
    }

    /// "2026-01-05T12:00:00Z", or with a space.
    private static func isTime(text: Span<UInt8>) -> Bool {
        guard (19...35).contains(text.count), [0x54, 0x74, 0x20].contains(text[10]) else { return false }
        return text[4] == 0x2d && text[7] == 0x2d && text[13] == 0x3a
    }

    /// A UUID.
    private static func isUnique(_ text: Span<UInt8>) -> Bool {
        text.count == 36 && [8, 13, 18, 23].allSatisfy { text[$0] == 0x2d }
    }
}
