import Wire

/// Text for plain lines: safe, wrapped, with a margin.
package struct PlainText {
    package let width: Int

    package init(width: Int) { self.width = max(30, width) }

    /// Wrapped; further lines are indented like the text behind `mark`.
    package func lines(_ text: String, mark: String = "") -> [String] {
        let margin = String(repeating: " ", count: mark.displayWidth)
        let wrapped = SafeText.escape(text).wrapped(to: width - mark.displayWidth)
        return wrapped.enumerated().map { ($0 == 0 ? mark : margin) + $1 }
    }

    /// As it stands, line by line, indented; lines that are too long go on below.
    package func block(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            SafeText.escape(String(line)).wrapped(to: width - 4).map { "    " + $0 }
        }
    }

    /// Where a piece of text comes from.
    package func source(_ references: [String], lesson: Int?) -> String {
        (references + (lesson.map { ["lesson \($0)"] } ?? [])).joined(separator: ", ")
    }

    /// The letter of a row, from "a".
    static func letter(_ row: Int) -> String { String(UnicodeScalar(UInt8(97 + row % 26))) }

    /// The row of a letter; nil where it is none.
    static func row(_ letter: some StringProtocol) -> Int? {
        guard letter.utf8.count == 1, let byte = letter.lowercased().utf8.first, (97...122).contains(byte) else {
            return nil
        }
        return Int(byte) - 97
    }
}
