import Tutor

/// Blocks of text as lines of a width: the one way in which lessons, questions and explanations are laid out.
struct TextFlow {
    let width: Int

    /// Beyond this the eye loses the line.
    static let readableWidth = 84

    init(width: Int) { self.width = max(8, min(width, TextFlow.readableWidth)) }

    /// With a blank line between blocks.
    func lines(_ blocks: [TextBlock]) -> [StyledText] {
        var lines: [StyledText] = []
        for (index, block) in blocks.enumerated() {
            if index > 0 { lines.append("") }
            lines += self.lines(block)
        }
        return lines
    }

    func lines(_ block: TextBlock) -> [StyledText] {
        switch block {
        case .heading(_, let text): WordWrap.lines(text, width: width, style: .strong)
        case .paragraph(let text): WordWrap.lines(text, width: width)
        case .list(let start, let items): list(items, start)
        case .table(let table): TableLayout(table: table, width: width).lines
        case .code(_, let text): code(text)
        case .quote(let blocks):
            TextFlow(width: width - 2).lines(blocks).map { StyledText("│ ", .rule) + $0 }
        case .rule: [StyledText(String(repeating: "─", count: width), .rule)]
        }
    }

    /// Items of a line each stand close together.
    private func list(_ items: [[TextBlock]], _ start: Int?) -> [StyledText] {
        let signs = items.indices.map { index in start.map { "\($0 + index). " } ?? "• " }
        let indent = signs.map(\.displayWidth).max() ?? 2
        let inner = TextFlow(width: width - indent)
        return zip(signs, items).flatMap { sign, blocks -> [StyledText] in
            inner.lines(tight: blocks).enumerated().map { index, line in
                StyledText(index == 0 ? sign.padded(to: indent) : String(repeating: " ", count: indent), .dim) + line
            }
        }
    }

    private func lines(tight blocks: [TextBlock]) -> [StyledText] { blocks.flatMap { lines($0) } }

    /// A line that is too long goes on below, behind a mark.
    private func code(_ text: String) -> [StyledText] {
        var source = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while source.last?.isEmpty == true { source.removeLast() }
        return source.flatMap { line -> [StyledText] in
            let tabless = line.replacing("\t", with: "    ")
            guard tabless.displayWidth + 2 > width else { return [StyledText("  ").appending(tabless, .code)] }
            let indent = tabless.prefix { $0 == " " }.count
            let room = max(8, width - 2)
            let first = StyledText(tabless, .code).wrapped(to: room)[0]
            let rest = String(tabless.unicodeScalars.dropFirst(first.text.unicodeScalars.count))
            let below = StyledText(rest, .code).wrapped(to: max(4, room - indent - 2))
            return [StyledText("  ") + first]
                + below.map { StyledText(String(repeating: " ", count: 2 + indent) + "↪ ", .dim) + $0 }
        }
    }
}
