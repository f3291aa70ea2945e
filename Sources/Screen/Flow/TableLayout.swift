import Tutor

/// A table as lines: columns as wide as they need, the widest ones narrowed and wrapped where there is little room;
/// below that each row as a list of its cells.
struct TableLayout {
    let table: TextTable
    let width: Int

    private var head: [[TextRun]] { table.header }
    private var rows: [[[TextRun]]] { table.rows }

    private static let gap = 2
    /// A column narrower than this is no column any more.
    private static let narrowest = 7

    var lines: [StyledText] {
        let count = ([head.count] + rows.map(\.count)).max() ?? 0
        guard count > 0 else { return [] }
        guard let widths = widths(count) else { return stacked }
        let headLines = head.isEmpty ? [] : line(head, widths, style: .strong)
        let total = widths.reduce(0, +) + TableLayout.gap * (count - 1)
        let rule = head.isEmpty ? [] : [StyledText(String(repeating: "─", count: total), .rule)]
        let isWrapped = widths != naturalWidths(count)
        return headLines + rule
            + rows.enumerated().flatMap { index, row in
                // Rows of several lines would run into each other.
                (isWrapped && index > 0 && rows.count > 1 ? [""] : []) + line(row, widths)
            }
    }

    private func naturalWidths(_ count: Int) -> [Int] {
        (0..<count).map { column in
            ([head] + rows).map { $0.count > column ? TableLayout.width(of: $0[column]) : 0 }.max() ?? 0
        }
    }

    private static func width(of cell: [TextRun]) -> Int { cell.reduce(0) { $0 + $1.text.displayWidth } }

    /// What the columns get; nil where that would be too little.
    private func widths(_ count: Int) -> [Int]? {
        var widths = naturalWidths(count)
        var excess = widths.reduce(0, +) + TableLayout.gap * (count - 1) - width
        while excess > 0 {
            guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
                widths[widest] > TableLayout.narrowest
            else { return nil }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func line(_ cells: [[TextRun]], _ widths: [Int], style: Style = .text) -> [StyledText] {
        let columns = widths.indices.map { index in
            WordWrap.lines(cells.count > index ? cells[index] : [], width: widths[index], style: style)
        }
        let height = columns.map(\.count).max() ?? 0
        return (0..<height).map { row in
            var line = StyledText()
            var start = 0
            for (index, column) in columns.enumerated() {
                if index > 0 { line.append(String(repeating: " ", count: max(0, start - line.width))) }
                if row < column.count {
                    line.append(String(repeating: " ", count: indent(column[row].width, widths[index], index)))
                    line.append(column[row])
                }
                start += widths[index] + TableLayout.gap
            }
            return line
        }
    }

    private func indent(_ used: Int, _ width: Int, _ column: Int) -> Int {
        guard column < table.alignments.count else { return 0 }
        return switch table.alignments[column] {
        case .left: 0
        case .center: (width - used) / 2
        case .right: width - used
        }
    }

    /// Each row as its cells below each other, each behind its column's name.
    private var stacked: [StyledText] {
        rows.enumerated().flatMap { index, row -> [StyledText] in
            let cells = row.enumerated().flatMap { column, cell -> [StyledText] in
                let name = column < head.count ? head[column].map(\.text).joined() : ""
                let title = name.isEmpty ? StyledText() : StyledText(name + ":", .strong).appending(" ")
                return WordWrap.lines(title + StyledText(cell), width: width)
            }
            return (index > 0 ? [""] : []) + cells
        }
    }
}
