/// Words that are spelt rightly, one a line, in lower case; `Lessons/words.txt`.
package struct SpellingList: Sendable {
    private let words: Set<String>

    package init(_ text: String) {
        words = Set(text.split(whereSeparator: \.isNewline).map { String($0).trimmed.lowercased() })
    }

    /// The words of a line, without code, addresses, figures and names in capitals.
    package static func words(in line: String) -> [String] {
        var prose = ""
        for (index, part) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        where index % 2 == 0 { prose += part + " " }
        let parts = prose.split { $0.isWhitespace || "/-–—:,;.!?()[]{}<>\"“”*_|=+#&@%…§→←".contains($0) }
        return parts.compactMap { part in
            let word = part.trimmingApostrophes
            let isWord = word.count > 1 && word.allSatisfy { $0.isLetter || $0 == "'" || $0 == "’" }
            // Names of standards and methods: HTTP, JSON, GitHub.
            let isName = word.dropFirst().contains { $0.isUppercase }
            return isWord && !isName ? word.replacing("’", with: "'") : nil
        }
    }

    package func knows(_ word: String) -> Bool {
        let lower = word.lowercased()
        return words.contains(lower) || (lower.hasSuffix("'s") && words.contains(String(lower.dropLast(2))))
    }
}

extension Substring {
    fileprivate var trimmingApostrophes: String {
        var text = self
        while let first = text.first, "'’".contains(first) { text = text.dropFirst() }
        while let last = text.last, "'’".contains(last) { text = text.dropLast() }
        return String(text)
    }
}
