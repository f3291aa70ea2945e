import Wire

/// Bytes as text: what is no UTF-8 and what would steer a terminal becomes a visible escape.
enum TextLens {
    /// One line for each line of the text; its end is shown, since it came over the wire too.
    static func lines(_ bytes: [UInt8]) -> [StyledText] {
        var parts = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        let endsWithBreak = parts.count > 1 && parts.last?.isEmpty == true
        if endsWithBreak { parts.removeLast() }
        return parts.enumerated().map { index, part in
            var line = StyledText(SafeText.escape(Array(part)))
            if index + 1 < parts.count || endsWithBreak { line.append("\\n", .dim) }
            return line
        }
    }

    /// The beginning of a payload on one line.
    static func preview(_ bytes: [UInt8], isText: Bool) -> String {
        isText ? SafeText.escape(cut(bytes)) : Figure.hex(bytes)
    }

    /// Whether bytes that nobody called text read as such.
    static func isLikelyText(_ bytes: [UInt8]) -> Bool {
        let whole = cut(bytes)
        return UTF8Validator.isValid(whole.span)
            && whole.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x0a || $0 == 0x09 }
    }

    /// Without the character that the end of the bytes cut through.
    private static func cut(_ bytes: [UInt8]) -> [UInt8] {
        guard let last = bytes.lastIndex(where: { $0 & 0xc0 != 0x80 }), (0xc2...0xf4).contains(bytes[last]) else {
            return bytes
        }
        let expected = bytes[last] >= 0xf0 ? 4 : bytes[last] >= 0xe0 ? 3 : 2
        return bytes.count - last < expected ? Array(bytes[..<last]) : bytes
    }
}
