import Wire

/// A file of source code or configuration.
package struct SourceFile: Sendable {
    /// Absolute.
    package let path: String
    /// Relative to what was asked for, with "/".
    package let name: String
    package let language: SourceLanguage
    package let text: [UInt8]
    /// The offset at which each line begins.
    private let lines: [Int]

    package init(path: String, name: String, language: SourceLanguage, text: [UInt8]) {
        self.path = path
        self.name = name
        self.language = language
        self.text = text
        lines = [0] + text.indices.filter { text[$0] == 0x0a }.map { $0 + 1 }
    }

    /// Whether it only tests others.
    var isTest: Bool {
        let parts = name.lowercased().split(separator: "/")
        guard let last = parts.last else { return false }
        let folders: Set<Substring> = ["test", "tests", "__tests__", "spec", "e2e", "testdata", "fixtures"]
        return parts.dropLast().contains { folders.contains($0) }
            || last.contains(".test.") || last.contains(".spec.") || last.hasPrefix("test_")
            || last.hasSuffix("_test.go") || last.hasSuffix("_test.py") || last.hasSuffix("tests.swift")
    }

    /// From 1.
    func line(of offset: Int) -> Int {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if lines[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Without its end.
    func line(_ number: Int) -> ArraySlice<UInt8> {
        guard lines.indices.contains(number - 1) else { return [] }
        let end = number < lines.count ? lines[number] - 1 : text.count
        let line = text[lines[number - 1]..<max(lines[number - 1], end)]
        return line.last == 0x0d ? line.dropLast() : line
    }

    func string(_ bytes: Range<Int>) -> String {
        String(decoding: text[bytes.clamped(to: text.indices)], as: UTF8.self)
    }

    package func place(_ bytes: Range<Int>) -> SourcePlace {
        let bytes = bytes.clamped(to: text.indices)
        let first = line(of: bytes.lowerBound)
        let last = line(of: max(bytes.lowerBound, bytes.upperBound - 1))
        return SourcePlace(
            file: SafeText.escape(name), line: first, column: column(of: bytes.lowerBound, in: first), endLine: last,
            endColumn: column(of: bytes.upperBound, in: last), bytes: bytes, snippet: snippet(first...last))
    }

    private func column(of offset: Int, in line: Int) -> Int {
        String(decoding: text[lines[line - 1]..<max(lines[line - 1], offset)], as: UTF8.self).count + 1
    }

    private static let snippetLines = 6
    private static let snippetWidth = 200

    private func snippet(_ range: ClosedRange<Int>) -> String {
        var shown = range.prefix(Self.snippetLines).map { number in
            // A tab is one character, so that columns can be pointed at.
            let bytes = line(number).map { $0 == 0x09 ? 0x20 : $0 }
            let text = SafeText.escape(SourceMask.masked(String(decoding: bytes, as: UTF8.self)))
            return text.count > Self.snippetWidth ? text.prefix(Self.snippetWidth) + "…" : text
        }
        if range.count > Self.snippetLines { shown.append("…") }
        return shown.joined(separator: "\n")
    }
}
