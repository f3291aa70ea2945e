/// Text in columns, for the plain output of commands.
extension StringProtocol {
    /// Columns on a terminal, rather one too many: whatever is not ASCII counts twice, but for dashes and arrows.
    package var displayWidth: Int {
        unicodeScalars.reduce(0) { $0 + ($1.value < 0x300 || (0x2010...0x27ff).contains($1.value) ? 1 : 2) }
    }

    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - displayWidth))
    }

    /// Lines of at most `width` columns, broken at spaces where there are any; runs of spaces inside a line stay, and
    /// U+00A0 becomes a space at which no line is broken.
    package func wrapped(to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            let joined = line.isEmpty ? String(word) : "\(line) \(word)"
            if joined.displayWidth <= width {
                line = joined
                continue
            }
            if !line.isEmpty { lines.append(String(line.trimmedAtEnd)) }
            line = ""
            for character in word {
                if (line + String(character)).displayWidth > width {
                    lines.append(line)
                    line = ""
                }
                line.append(character)
            }
        }
        return (lines + [line]).map { line in String(line.map { $0 == "\u{a0}" ? " " : $0 }) }
    }

    package var trimmedAtEnd: SubSequence {
        self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)]
    }
}
