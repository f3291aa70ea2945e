/// Makes sure that a text holds a secret.
enum SecretCheck {
    static func webToken(_ text: Span<UInt8>, _ word: Range<Int>) -> PayloadScan.Hit? {
        guard text.isBoundary(before: word.lowerBound), let range = WebToken.range(in: text, at: word.lowerBound)
        else { return nil }
        return PayloadScan.Hit(kind: .webToken, bytes: range)
    }

    /// "-----BEGIN RSA PRIVATE KEY-----", RFC 7468 §2.
    static func privateKey(_ text: Span<UInt8>, _ word: Range<Int>) -> PayloadScan.Hit? {
        for start in stride(from: word.lowerBound &- 11, through: max(0, word.lowerBound &- 32), by: -1)
        where text.continues("-----BEGIN ", at: start) {
            return PayloadScan.Hit(kind: .privateKey, bytes: start..<word.upperBound)
        }
        return nil
    }

    /// A key of a well-known service: its first characters, and so many more.
    static func key(_ text: Span<UInt8>, _ word: Range<Int>, following: ClosedRange<Int>) -> PayloadScan.Hit? {
        guard text.isBoundary(before: word.lowerBound) else { return nil }
        var end = word.upperBound
        while end < text.count, end &- word.upperBound <= following.upperBound, isOfKey(text[end]) { end &+= 1 }
        guard following.contains(end &- word.upperBound) else { return nil }
        return PayloadScan.Hit(kind: .cloudKey, bytes: word.lowerBound..<end)
    }

    /// A JSON key such as "password" or "client_secret" with a value that may be one.
    static func named(_ text: Span<UInt8>, _ word: Range<Int>) -> PayloadScan.Hit? {
        var start = word.lowerBound
        while start > 0, word.lowerBound &- start < 24, isOfKey(text[start &- 1]) { start &-= 1 }
        guard start > 0, text[start &- 1] == 0x22, isSecretName(text, start..<word.lowerBound),
            let value = text.stringValue(behindKeyEndingAt: word.upperBound), isPlausible(text, value)
        else { return nil }
        return PayloadScan.Hit(kind: .namedSecret, bytes: start..<value.upperBound)
    }

    /// "hasPassword" and "resetPassword" name no password.
    private static func isSecretName(_ text: Span<UInt8>, _ prefix: Range<Int>) -> Bool {
        let others: [StaticString] = ["has", "is", "reset", "forgot", "change", "no", "show", "need", "require"]
        return !others.contains { text.continues($0, at: prefix.lowerBound) && $0.utf8CodeUnitCount <= prefix.count }
    }

    /// Four characters and more, of which two differ, and no words, no path and no placeholder.
    private static func isPlausible(_ text: Span<UInt8>, _ value: Range<Int>) -> Bool {
        guard (4...512).contains(value.count) else { return false }
        let first = text[value.lowerBound]
        var differs = false
        for index in value {
            if text[index] == 0x20 { return false }
            if text[index] != first { differs = true }
        }
        let placeholders: [StaticString] = ["null", "none", "true", "false", "string", "text", "password", "required"]
        return differs && ![0x2f, 0x5b, 0x3c, 0x7b, 0x24, 0x2a].contains(first)
            && !placeholders.contains { text.extracting(value).equals($0) }
    }

    private static func isOfKey(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte == 0x5f || byte == 0x2d }
}

extension Span<UInt8> {
    /// No letter, digit, "-", "_" or "." before that place.
    func isBoundary(before start: Int) -> Bool {
        guard start > 0 else { return true }
        let byte = self[start &- 1]
        // The letter of an escape, such as \n in JSON, is no part of a word.
        if start > 1, self[start &- 2] == 0x5c { return true }
        return !byte.isAlphanumeric && byte != 0x2d && byte != 0x5f && byte != 0x2e
    }

    /// The string behind a JSON key, in JSON that may itself stand in a JSON string.
    fileprivate func stringValue(behindKeyEndingAt end: Int) -> Range<Int>? {
        var index = end
        func take(_ byte: UInt8) -> Bool {
            guard index < count, self[index] == byte else { return false }
            index &+= 1
            return true
        }
        func skipSpace() { while take(0x20) {} }
        _ = take(0x5c)
        guard take(0x22) else { return nil }
        skipSpace()
        guard take(0x3a) else { return nil }
        skipSpace()
        _ = take(0x5c)
        guard take(0x22) else { return nil }
        let start = index
        while index < count, self[index] != 0x22, self[index] != 0x5c, index &- start <= 512 { index &+= 1 }
        return index < count ? start..<index : nil
    }
}
