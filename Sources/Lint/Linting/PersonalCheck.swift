/// Makes sure that a text holds what belongs to a person or a network inside.
enum PersonalCheck {
    /// The "@" of an address, RFC 5321 §4.1.2 without what nobody uses.
    static func email(_ text: Span<UInt8>, _ sign: Range<Int>) -> PayloadScan.Hit? {
        var start = sign.lowerBound
        while start > 0, sign.lowerBound &- start < 64, isOfLocalPart(text[start &- 1]) { start &-= 1 }
        // The letter of an escape, such as \n in JSON, is no part of the name.
        if start > 0, text[start &- 1] == 0x5c { start &+= 1 }
        var end = sign.upperBound
        var lastDot: Int?
        while end < text.count, end &- sign.upperBound < 253, isOfDomain(text[end]) {
            if text[end] == 0x2e { lastDot = end }
            end &+= 1
        }
        if end == lastDot.map({ $0 &+ 1 }) {  // The end of a sentence.
            end &-= 1
            lastDot = (sign.upperBound..<end).last { text[$0] == 0x2e }
        }
        guard start < sign.lowerBound, let lastDot, lastDot > sign.upperBound, end &- lastDot > 2,
            isTopLevel(text.extracting(lastDot &+ 1..<end)), !isRole(text.extracting(start..<sign.lowerBound)),
            start == 0 || ![0x40, 0x2f, 0x3a].contains(text[start &- 1]) || text.isMailto(before: start)
        else { return nil }
        return PayloadScan.Hit(kind: .email, bytes: start..<end)
    }

    /// Addresses that nobody can reach from outside, RFC 1918 §3.
    static func privateAddress(_ text: Span<UInt8>, _ word: Range<Int>) -> PayloadScan.Hit? {
        guard text.isBoundary(before: word.lowerBound) else { return nil }
        var octets: [Int] = []
        var index = word.lowerBound
        while octets.count < 4 {
            let end = text.end(ofDigitsAt: index)
            guard (1...3).contains(end &- index) else { return nil }
            octets.append((index..<end).reduce(0) { $0 * 10 + Int(text[$1] &- 0x30) })
            index = end
            if octets.count < 4 {
                guard index < text.count, text[index] == 0x2e else { return nil }
                index &+= 1
            }
        }
        let isOpen = index < text.count && (text[index].isAlphanumeric || text.continues(".", at: index))
        // "Chrome/10.0.0.1" is a version.
        let isVersion =
            word.lowerBound > 1 && text[word.lowerBound &- 1] == 0x2f
            && text[word.lowerBound &- 2].isAlphanumeric
        guard !isOpen || text.isEndOfSentence(at: index), !isVersion, octets.allSatisfy({ $0 < 256 }),
            octets[0] != 172 || (16...31).contains(octets[1])
        else { return nil }
        return PayloadScan.Hit(kind: .privateAddress, bytes: word.lowerBound..<index)
    }

    private static func isOfLocalPart(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || [0x2e, 0x5f, 0x2b, 0x2d, 0x25].contains(byte)
    }

    private static func isOfDomain(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte == 0x2e || byte == 0x2d }

    /// Letters, and not those of a picture in double size: "logo@2x.png".
    private static func isTopLevel(_ label: Span<UInt8>) -> Bool {
        for index in 0..<label.count where !label[index].isAlphanumeric || label[index].isDigit { return false }
        let files: [StaticString] = ["png", "jpg", "jpeg", "gif", "svg", "webp"]
        return label.count <= 24 && !files.contains { label.equals($0) }
    }

    /// Nobody's own address.
    private static func isRole(_ name: Span<UInt8>) -> Bool {
        let roles: [StaticString] = ["noreply", "no-reply", "git", "support", "info", "postmaster", "webmaster"]
        return roles.contains { name.equals($0) }
    }
}

extension Span<UInt8> {
    fileprivate func isMailto(before start: Int) -> Bool { continues("mailto:", at: start &- 7) }

    fileprivate func isEndOfSentence(at index: Int) -> Bool {
        self[index] == 0x2e && (index &+ 1 == count || !self[index &+ 1].isAlphanumeric)
    }
}
