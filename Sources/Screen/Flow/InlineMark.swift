/// The little of Markdown that stands in one line of a question: `code`.
enum InlineMark {
    static func text(_ text: String, _ style: Style = .text) -> StyledText {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        // A single mark is a character like any other.
        guard parts.count % 2 == 1 else { return StyledText(text, style) }
        var line = StyledText()
        for (index, part) in parts.enumerated() { line.append(String(part), index % 2 == 1 ? .code : style) }
        return line
    }
}
