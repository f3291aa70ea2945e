/// Makes sure that a text holds what a program writes down when it fails.
enum ErrorCheck {
    /// How far behind a name of a file its path may begin.
    private static let pathLimit = 256

    /// "java.lang.NullPointerException", "System.Data.SqlClient.SqlException", "Exception in thread".
    static func exception(_ text: Span<UInt8>, _ word: Range<Int>) -> PayloadScan.Hit? {
        if text.continues(" in thread \"", at: word.upperBound)
            || text.continues(" in thread \\\"", at: word.upperBound)
        {
            return PayloadScan.Hit(kind: .stackTrace, bytes: word)
        }
        var start = word.lowerBound
        var dot: Int?
        while start > 0, word.lowerBound &- start < 128, isOfName(text[start &- 1]) {
            start &-= 1
            if text[start] == 0x2e, dot == nil { dot = start }
        }
        guard let dot, dot > start, dot &+ 1 < word.lowerBound, text[dot &+ 1].isCapital else { return nil }
        let name = start..<word.upperBound
        let isOfDatabase = text.continues("SQL", at: dot &+ 1) || text.continues("Sql", at: dot &+ 1)
        return PayloadScan.Hit(kind: isOfDatabase ? .databaseError : .stackTrace, bytes: name)
    }

    /// "/srv/chat/server.js:42:13", "(Handler.java:42)", `File "/srv/chat.py", line 3`, "C:\chat\Chat.cs:line 3".
    static func sourceLine(_ text: Span<UInt8>, _ ending: Range<Int>) -> PayloadScan.Hit? {
        guard let end = lineNumber(text, behind: ending.upperBound) else { return nil }
        var start = ending.lowerBound
        while start > 0, ending.lowerBound &- start < pathLimit, isOfPath(text[start &- 1]) { start &-= 1 }
        guard start < ending.lowerBound else { return nil }
        let isAbsolute =
            text[start] == 0x2f && !text.continues("//", at: start)
            || (text[start].isCapital && text.continues(":\\", at: start &+ 1))
        // Java names the file alone, in brackets.
        let isInFrame = start > 0 && text[start &- 1] == 0x28 && text[start].isCapital
        let isPartOfURL = start > 0 && text[start &- 1] == 0x3a
        guard isAbsolute && !isPartOfURL || isInFrame else { return nil }
        return PayloadScan.Hit(kind: .sourceLine, bytes: start..<end)
    }

    static func oracle(_ text: Span<UInt8>, _ word: Range<Int>) -> PayloadScan.Hit? {
        let end = text.end(ofDigitsAt: word.upperBound &- 1)
        guard end &- word.upperBound == 4 else { return nil }
        return PayloadScan.Hit(kind: .databaseError, bytes: word.lowerBound..<end)
    }

    static func mysql(_ text: Span<UInt8>, _ word: Range<Int>) -> PayloadScan.Hit? {
        guard word.lowerBound == 0 || !text[word.lowerBound &- 1].isAlphanumeric && text[word.lowerBound &- 1] != 0x5f
        else { return nil }
        let names: [StaticString] = ["PARSE_ERROR", "NO_SUCH_TABLE", "DUP_ENTRY", "BAD_FIELD_ERROR", "ACCESS_DENIED"]
        for name in names where text.continues(name, at: word.upperBound) {
            let end = word.upperBound &+ name.utf8CodeUnitCount
            return PayloadScan.Hit(kind: .databaseError, bytes: word.lowerBound..<end)
        }
        return nil
    }

    /// The end of ":42", ":42:13", ":line 42", "(42)", `", line 42` or " on line 42".
    private static func lineNumber(_ text: Span<UInt8>, behind end: Int) -> Int? {
        var digits = end
        for lead in leads where text.continues(lead, at: end) {
            digits = end &+ lead.utf8CodeUnitCount
            break
        }
        guard digits > end else { return nil }
        let after = text.end(ofDigitsAt: digits)
        return after > digits && after &- digits < 8 ? after : nil
    }

    private static let leads: [StaticString] = [
        ":line ", ":", "(", "\", line ", "\\\", line ", " on line ", "\" on line ",
    ]

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == 0x2e || byte == 0x5f || byte == 0x24
    }

    /// What paths of programs are made of.
    private static func isOfPath(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || [0x2f, 0x5c, 0x2e, 0x2d, 0x5f, 0x40, 0x2b, 0x3a].contains(byte)
    }
}

extension UInt8 {
    fileprivate var isCapital: Bool { (0x41...0x5a).contains(self) }
}

extension Span<UInt8> {
    /// Whether that text stands at that place.
    func continues(_ word: StaticString, at start: Int) -> Bool {
        let end = start &+ word.utf8CodeUnitCount
        return start >= 0 && end <= count && extracting(start..<end).equals(word)
    }

    func end(ofDigitsAt start: Int) -> Int {
        var end = start
        while end < count, self[end].isDigit { end &+= 1 }
        return end
    }
}
