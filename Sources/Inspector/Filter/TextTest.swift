import Glibc

/// What a filter asks about a text, which need not be UTF-8.
enum TextTest {
    case equals([UInt8])
    case differs([UInt8])
    case contains([UInt8])
    /// Without regard to the case of ASCII letters; the bytes are in lower case.
    case containsWord([UInt8])
    case matches(Regex<AnyRegexOutput>)

    func matches(_ text: UnsafeRawBufferPointer) -> Bool {
        switch self {
        case .equals(let bytes): text.elementsEqual(bytes)
        case .differs(let bytes): !text.elementsEqual(bytes)
        case .contains(let bytes): TextTest.find(bytes, in: text)
        case .containsWord(let word): TextTest.findWord(word, in: text)
        case .matches(let regex):
            (try? regex.firstMatch(in: String(decoding: text, as: UTF8.self))) ?? nil != nil
        }
    }

    private static func find(_ bytes: [UInt8], in text: UnsafeRawBufferPointer) -> Bool {
        guard !bytes.isEmpty else { return true }
        guard let base = text.baseAddress, text.count >= bytes.count else { return false }
        var start = 0
        while let found = memchr(base + start, Int32(bytes[0]), text.count - bytes.count + 1 - start) {
            if memcmp(found, bytes, bytes.count) == 0 { return true }
            start = UnsafeRawPointer(found) - base + 1
            if start > text.count - bytes.count { return false }
        }
        return false
    }

    private static func findWord(_ word: [UInt8], in text: UnsafeRawBufferPointer) -> Bool {
        guard let first = word.first else { return true }
        guard text.count >= word.count else { return false }
        for start in 0...(text.count - word.count) where lower(text[start]) == first {
            if word.indices.allSatisfy({ lower(text[start + $0]) == word[$0] }) { return true }
        }
        return false
    }

    static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
