/// Short words in short texts, byte by byte. The standard library's `contains` of a string prepares tables for every
/// call, which costs more than all else that is done with an opening handshake.
extension StringProtocol {
    /// Whether that word is in it.
    func has(_ word: StaticString) -> Bool { offset(of: word) != nil }

    /// Whether one of these words is in it.
    func hasAny(of words: [StaticString]) -> Bool { words.contains { has($0) } }

    /// What is before the first place of that word, and what is behind it.
    func split(at word: StaticString) -> (before: SubSequence, behind: SubSequence)? {
        guard let offset = offset(of: word) else { return nil }
        let start = utf8.index(startIndex, offsetBy: offset)
        return (self[..<start], self[utf8.index(start, offsetBy: word.utf8CodeUnitCount)...])
    }

    /// In bytes.
    private func offset(of word: StaticString) -> Int? {
        let search = { (text: UnsafeBufferPointer<UInt8>) in
            word.withUTF8Buffer { StringSearch.offset(of: $0, in: text) }
        }
        return utf8.withContiguousStorageIfAvailable(search) ?? Array(utf8).withUnsafeBufferPointer(search)
    }
}

private enum StringSearch {
    static func offset(of word: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let first = word.first, word.count <= text.count else { return nil }
        for start in 0...text.count - word.count where text[start] == first {
            if (1..<word.count).allSatisfy({ text[start + $0] == word[$0] }) { return start }
        }
        return nil
    }
}
