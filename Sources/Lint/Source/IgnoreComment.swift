import Wire

/// `ws101: ignore[M01] reason` in a comment, on the line of what it is about or on the line before.
package struct IgnoreComment: Sendable {
    package enum State: Hashable, Sendable {
        case used
        /// Nothing was found there, so it can go.
        case unused
        /// It does not count.
        case withoutReason
        /// It does not count: there is no such rule.
        case unknownRule(String)
    }

    package let rules: [RuleCode]
    package let reason: String
    package let place: SourcePlace
    package internal(set) var state = State.unused
    /// The lines that it is about.
    let lines: ClosedRange<Int>

    /// - Returns: nil where the comment asks for nothing.
    init?(_ text: String, at bytes: Range<Int>, in file: SourceFile) {
        guard let match = text.firstMatch(of: /ws101:\s*ignore\s*\[([^\]\n]*)\]([^\n]*)/) else { return nil }
        let names = match.1.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
        let words = match.2.replacing(/\*\/\s*$/, with: "").trimming()
        reason = SafeText.escape(String(words.drop { ":-–— ".contains($0) }.prefix(200)))
        place = file.place(bytes)
        var rules: [RuleCode] = []
        for name in names {
            if let page = AllRules.list.first(where: { $0.page.code.rawValue == name || $0.page.slug == name })?.page {
                rules.append(page.code)
            } else {
                state = .unknownRule(SafeText.escape(String(name.prefix(40))))
            }
        }
        self.rules = rules
        if reason.isEmpty { state = .withoutReason }
        let isAlone =
            file.line(place.line).first { $0 != 0x20 && $0 != 0x09 } == file.text[bytes.lowerBound]
            && file.text[..<bytes.lowerBound].reversed().prefix { $0 != 0x0a }.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        lines = place.line...(isAlone ? place.endLine + 1 : place.endLine)
    }

    /// Whether it is about this finding; remembers that it was of use.
    mutating func covers(_ finding: Finding) -> Bool {
        guard case .source(let found) = finding.place, found.file == place.file, rules.contains(finding.rule),
            lines.overlaps(found.line...found.endLine), state == .used || state == .unused
        else { return false }
        state = .used
        return true
    }
}
