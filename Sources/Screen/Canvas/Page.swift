/// Lines that may be more than there is room for: drawn from a first one on, with what has the keys kept in view.
struct Page {
    struct Line {
        let text: StyledText
        var ground = Ground.plain
    }

    private(set) var lines: [Line] = []
    /// Where one types, in lines and columns of the page.
    private(set) var cursor: Canvas.Position?
    /// The lines that shall be in view.
    var focus: Range<Int>?

    var count: Int { lines.count }

    mutating func append(_ text: StyledText, ground: Ground = .plain) { lines.append(Line(text: text, ground: ground)) }

    mutating func append(_ texts: some Sequence<StyledText>, indent: Int = 0) {
        let space = StyledText(String(repeating: " ", count: indent))
        for text in texts { append(text.width == 0 || indent == 0 ? text : space + text) }
    }

    /// Where there is something above, a blank line.
    mutating func gap() { if let last = lines.last, last.text.width > 0 { append("") } }

    /// Text that is being typed, behind a sign on its first line.
    mutating func append(_ input: inout TextInput, sign: StyledText, width: Int, isActive: Bool, indent: Int = 1) {
        let start = count
        let room = width - indent - sign.width
        let (texts, place) = input.shown(width: room, style: isActive ? .strong : .text)
        let space = StyledText(String(repeating: " ", count: indent))
        for (index, text) in texts.enumerated() {
            append(space + (index == 0 ? sign : StyledText(String(repeating: " ", count: sign.width))) + text)
        }
        guard isActive else { return }
        cursor = Canvas.Position(row: start + place.row, column: indent + sign.width + place.column)
        focus = (start + place.row)..<(start + place.row + 1)
    }

    /// How far it can be scrolled.
    func scrollLimit(height: Int) -> Int { max(0, count - height) }

    /// The nearest first line at which the focus is in view.
    func scroll(_ scroll: Int, height: Int) -> Int {
        guard let focus, height > 0 else { return scroll.clamped(to: 0...scrollLimit(height: height)) }
        let lowest = focus.upperBound - height
        return min(max(scroll, lowest), focus.lowerBound).clamped(to: 0...scrollLimit(height: height))
    }

    func draw(on canvas: inout Canvas, in area: Rect, scroll: Int) {
        for (row, line) in lines.dropFirst(scroll).prefix(max(0, area.height)).enumerated() {
            canvas.draw(line.text, row: row, in: area, ground: line.ground)
        }
        guard let cursor, cursor.row >= scroll, cursor.row < scroll + area.height else { return }
        let column = area.column + min(cursor.column, area.width - 1)
        canvas.cursor = Canvas.Position(row: area.row + cursor.row - scroll, column: column)
    }
}
