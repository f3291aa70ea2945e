/// A payload in one of its views, from a line on.
struct PayloadPanel: Panel {
    static let bindings: [Binding] = []

    let text: PayloadText
    let scroll: Int
    let hasTitle: Bool
    /// The selected byte.
    var selected: Int?

    func draw(on canvas: inout Canvas, in area: Rect) {
        var rest = area
        if hasTitle { canvas.draw(title(in: area), row: 0, in: rest.takeTop(1)) }
        let first = max(0, min(scroll, text.lineCount - rest.height))
        let noteRows = text.note != nil && !hasTitle ? 1 : 0
        let lines = text.lines(first..<(first + max(0, rest.height - noteRows)), selected: selected)
        canvas.draw(lines.map { StyledText(" ") + $0 }, in: rest)
        if noteRows > 0, let note = text.note {
            canvas.draw(StyledText(" ! \(note)", .verdictWarning), row: min(lines.count, rest.height - 1), in: rest)
        }
    }

    private func title(in area: Rect) -> StyledText {
        var line = StyledText(" " + text.title, .strong)
        if let note = text.note { line.append("  ! \(note)", .verdictWarning) }
        let visible = area.height - 1
        if text.lineCount > visible {
            let first = min(scroll, text.lineCount - visible)
            let range = "\(Figure.count(first + 1))–\(Figure.count(first + visible))"
            line.append("lines \(range) of \(Figure.count(text.lineCount))", .dim, endingAt: area.width - 1)
        }
        return line
    }
}
