/// A grid of cells that panels draw on; a value that is printed as text in tests and flushed to a terminal.
struct Canvas: Hashable, Sendable {
    let height: Int
    let width: Int
    private(set) var cells: [Cell]
    /// Where the terminal's cursor shall be; nil hides it.
    var cursor: Position?

    struct Position: Hashable, Sendable {
        let row: Int
        let column: Int
    }

    init(height: Int, width: Int) {
        self.height = max(0, height)
        self.width = max(0, width)
        cells = Array(repeating: Cell(), count: self.height * self.width)
    }

    var bounds: Rect { Rect(row: 0, column: 0, height: height, width: width) }

    subscript(row: Int, column: Int) -> Cell { cells[row * width + column] }

    /// Draws one line of text from the left edge of `area`'s row `row`, cut at its right edge with an ellipsis.
    ///
    /// - Parameter ground: Lies beneath the whole row of the area, unless it is plain.
    mutating func draw(_ line: StyledText, row: Int, in area: Rect, ground: Ground = .plain) {
        let y = area.row + row
        guard row >= 0, row < area.height, y >= 0, y < height else { return }
        if ground != .plain { lay(ground, row: y, columns: area.column..<area.endColumn) }
        var x = area.column
        for run in line.runs {
            put(run.text, run.style, run.ground ?? ground, y, &x, end: min(area.endColumn, width))
        }
        let isCut = area.column + line.width > min(area.endColumn, width)
        if isCut, area.width > 0 { ellipsis(row: y, column: min(area.endColumn, width) - 1) }
    }

    /// Draws lines from the top of `area`, as many as there is room for.
    mutating func draw(_ lines: some Sequence<StyledText>, in area: Rect) {
        for (row, line) in lines.enumerated() {
            guard row < area.height else { return }
            draw(line, row: row, in: area)
        }
    }

    /// A line of `scalar` along the top of `area`.
    mutating func drawRule(_ scalar: Unicode.Scalar = "─", in area: Rect) {
        draw(StyledText(String(repeating: Character(scalar), count: max(0, area.width)), .rule), row: 0, in: area)
    }

    /// A line down the left edge of `area`.
    mutating func drawUpright(in area: Rect) {
        for row in 0..<max(0, area.height) { draw(StyledText("│", .rule), row: row, in: area) }
    }

    /// Where two lines meet.
    mutating func drawCrossing(_ sign: String, row: Int, column: Int) {
        draw(StyledText(sign, .rule), row: 0, in: Rect(row: row, column: column, height: 1, width: 1))
    }

    private mutating func lay(_ ground: Ground, row: Int, columns: Range<Int>) {
        for column in columns.clamped(to: 0..<width) { cells[row * width + column] = Cell(ground: ground) }
    }

    private mutating func put(
        _ text: String, _ style: Style, _ ground: Ground, _ row: Int, _ column: inout Int, end: Int
    ) {
        for scalar in text.unicodeScalars {
            if scalar.isMark {
                // A second mark would take more than a cell has; the recording keeps it.
                if column > 0, column <= end { cells[row * width + column - 1].mark = scalar.value }
                continue
            }
            let shown = scalar.isDrawable ? scalar : "\u{fffd}"
            let columns = shown.displayWidth
            guard column + columns <= end else {
                column = end
                return
            }
            let cell = Cell(scalar: shown.value, style: style, ground: ground)
            cells[row * width + column] = cell
            if columns == 2 { cells[row * width + column + 1] = Cell(scalar: 0, style: style, ground: ground) }
            column += columns
        }
    }

    private mutating func ellipsis(row: Int, column: Int) {
        guard column >= 0 else { return }
        let index = row * width + column
        // Half of a wide character is a blank.
        if cells[index].scalar == 0, column > 0 { cells[index - 1].scalar = 0x20 }
        cells[index].scalar = 0x2026
        cells[index].mark = 0
    }
}

extension Canvas: CustomStringConvertible {
    /// The canvas as lines of text, blanks at their ends removed.
    var description: String {
        (0..<height).map { row in
            var line = String.UnicodeScalarView()
            for column in 0..<width {
                let cell = self[row, column]
                if cell.scalar != 0, let scalar = Unicode.Scalar(cell.scalar) { line.append(scalar) }
                if cell.mark != 0, let mark = Unicode.Scalar(cell.mark) { line.append(mark) }
            }
            while line.last == " " { line.removeLast() }
            return String(line) + "\n"
        }.joined()
    }
}
