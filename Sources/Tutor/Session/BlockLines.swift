import Wire

/// A lesson's text as plain lines, wrapped to a width: for a line printer, and for whatever draws no styles.
package enum BlockLines {
    package static func lines(_ block: TextBlock, width: Int) -> [String] {
        switch block {
        case .paragraph(let runs): return wrap(plain(runs), width)
        case .heading(_, let runs): return wrap(TextRun.plain(runs).uppercased(), width)
        case .list(let start, let items): return list(start, items, width)
        case .quote(let blocks): return blocks.flatMap { lines($0, width: width - 2) }.map { "│ " + $0 }
        case .code(_, let text):
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
                "    " + SafeText.escape(String($0))
            }
            if lines.last == "    " { lines.removeLast() }
            return lines
        case .table(let table): return self.table(table, width)
        case .rule: return [String(repeating: "─", count: min(width, 40))]
        }
    }

    /// Code between backticks and strong words between stars, so that nothing is lost without styles.
    private static func plain(_ runs: [TextRun]) -> String {
        runs.map { run in
            let text = SafeText.escape(run.text.replacing("\n", with: "\u{0}")).replacing("\\x00", with: "\n")
            if run.style.contains(.code) { return "`\(text)`" }
            if run.style.contains(.strong) { return "*\(text)*" }
            return text
        }.joined()
    }

    private static func wrap(_ text: String, _ width: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { $0.wrapped(to: max(width, 20)) }
    }

    private static func list(_ start: Int?, _ items: [[TextBlock]], _ width: Int) -> [String] {
        items.enumerated().flatMap { index, blocks -> [String] in
            let mark = start.map { "\($0 + index). " } ?? "• "
            let indent = String(repeating: " ", count: mark.count)
            let lines = blocks.flatMap { self.lines($0, width: width - mark.count) }
            return lines.enumerated().map { ($0 == 0 ? mark : indent) + $1 }
        }
    }

    // MARK: Tables

    private static func table(_ table: TextTable, _ width: Int) -> [String] {
        let rows = ([table.header] + table.rows).map { $0.map(plain) }
        let count = table.header.count
        guard count > 0 else { return [] }
        let widths = columns(rows, count, width)
        var lines = row(rows[0], widths, table.alignments)
        lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─"))
        for cells in rows.dropFirst() { lines += row(cells, widths, table.alignments) }
        return lines
    }

    /// As wide as they need to be; where that is too wide, the widest give way.
    private static func columns(_ rows: [[String]], _ count: Int, _ width: Int) -> [Int] {
        var widths = (0..<count).map { column in
            max(rows.map { column < $0.count ? $0[column].displayWidth : 0 }.max() ?? 0, 1)
        }
        let room = max(width - 3 * (count - 1), count * 6)
        while widths.reduce(0, +) > room, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > 6
        {
            widths[widest] -= 1
        }
        return widths
    }

    private static func row(_ cells: [String], _ widths: [Int], _ alignments: [TextTable.Alignment]) -> [String] {
        let wrapped = widths.indices.map { $0 < cells.count ? cells[$0].wrapped(to: widths[$0]) : [""] }
        let height = wrapped.map(\.count).max() ?? 1
        return (0..<height).map { line in
            widths.indices.map { column in
                let text = line < wrapped[column].count ? wrapped[column][line] : ""
                let isRight = column < alignments.count && alignments[column] == .right
                let padding = String(repeating: " ", count: max(widths[column] - text.displayWidth, 0))
                return isRight ? padding + text : text.padded(to: widths[column])
            }.joined(separator: " │ ").trimmedAtEnd.description
        }
    }
}
