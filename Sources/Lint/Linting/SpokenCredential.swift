/// Finds what a client says about who it is, in the text of a message.
package enum SpokenCredential {
    /// Bytes of a message that are looked at.
    private static let limit = 4096

    /// Whether a message authenticates its sender, as far as can be seen: in JSON a key or a whole string such as
    /// "token" or "login", in other text such a word; or a JSON Web Token.
    package static func isIn(_ text: Span<UInt8>) -> Bool {
        let text = text.extracting(first: limit)
        let isJSON = JSONSketch(text) != nil || text.first(where: { $0 > 0x20 }) == 0x5b
        var start = 0
        while start < text.count {
            guard text[start].isAlphanumeric else {
                start += 1
                continue
            }
            let end = text.end(ofWordAt: start)
            if WebToken.range(in: text, at: start) != nil { return true }
            if !isJSON || text.isQuoted(start..<end), isWord(text.extracting(start..<end)) { return true }
            start = end
        }
        return false
    }

    private static func isWord(_ word: Span<UInt8>) -> Bool {
        guard word.count <= 32 else { return false }
        return Secret.isAboutIdentity(word.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
    }
}

extension Span<UInt8> {
    fileprivate func first(where matches: (UInt8) -> Bool) -> UInt8? {
        for index in 0..<count where matches(self[index]) { return self[index] }
        return nil
    }

    /// Letters, digits, "-" and "_".
    fileprivate func end(ofWordAt start: Int) -> Int {
        var end = start
        while end < count, self[end].isAlphanumeric || self[end] == 0x2d || self[end] == 0x5f { end += 1 }
        return end
    }

    fileprivate func isQuoted(_ range: Range<Int>) -> Bool {
        range.lowerBound > 0 && range.upperBound < count && self[range.lowerBound - 1] == 0x22
            && self[range.upperBound] == 0x22
    }
}
