/// Values over time as columns of eighths of a row, with the scale at the left.
struct Curve {
    /// 0 to 1 each, the oldest first; nil: there is none.
    let values: [Double?]
    let height: Int
    /// Columns of one value.
    var columnWidth = 1

    private static let eighths = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    /// Columns of the scale.
    static let scaleWidth = 7

    var lines: [StyledText] {
        (0..<height).map { row in
            let label = row == 0 ? "100 %" : row == height - 1 ? "0 %" : height >= 5 && row == height / 2 ? "50 %" : ""
            var line = StyledText(label.leftPadded(to: Curve.scaleWidth - 2), .dim)
            line.append(" │", .rule)
            line.append(cells(row))
            return line
        }
    }

    private func cells(_ row: Int) -> StyledText {
        var line = StyledText()
        for value in values { line.append(String(repeating: sign(value, row), count: columnWidth), .verdictGood) }
        return line
    }

    private func sign(_ value: Double?, _ row: Int) -> String {
        guard let value else { return " " }
        let filled = Int((min(max(value, 0), 1) * Double(height * 8)).rounded())
        let own = filled - (height - 1 - row) * 8
        // The lowest row shows that there is a value, be it 0.
        if own <= 0 { return row == height - 1 ? Curve.eighths[0] : " " }
        return Curve.eighths[min(own, 8) - 1]
    }
}
