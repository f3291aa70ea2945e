/// Rows of cells, the darker the more: a look at many figures at once.
enum HeatMap {
    private static let shades: [String] = ["░", "▒", "▓", "█"]

    /// - Parameters:
    ///   - values: 0 to 1 each; nil: there is none.
    ///   - cell: Columns of a cell.
    ///   - style: Of all cells; nil: good and bad by their value.
    static func line(_ values: [Double?], cell: Int = 2, style: Style? = nil) -> StyledText {
        var line = StyledText()
        for value in values {
            guard let value else {
                line.append(String(repeating: " ", count: cell - 1) + "·", .dim)
                continue
            }
            let level = Int(min(max(value, 0), 1) * Double(shades.count)).clamped(to: 0...(shades.count - 1))
            line.append(String(repeating: shades[level], count: cell), style ?? self.style(level))
        }
        return line
    }

    /// What the shades mean.
    static var legend: StyledText {
        var line = StyledText()
        let meanings = ["below 25 %", "25 %", "50 %", "75 % and more"]
        for (level, meaning) in meanings.enumerated() {
            line.append(String(repeating: shades[level], count: 2), style(level))
            line.append(" \(meaning)  ", .dim)
        }
        return line.appending("· none", .dim)
    }

    private static func style(_ level: Int) -> Style {
        switch level {
        case 0: .verdictBad
        case 1: .verdictWarning
        default: .verdictGood
        }
    }
}
