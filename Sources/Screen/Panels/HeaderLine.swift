import Inspector

/// One of the places of the screen. Each has its digit for good, also while others do not exist.
enum PlaceName: Hashable, Sendable {
    case watch
    /// With how many findings count.
    case lint(Int)

    var digit: Character {
        switch self {
        case .watch: "1"
        case .lint: "4"
        }
    }

    var title: String {
        switch self {
        case .watch: "Watch"
        case .lint(let count): count == 0 ? "Lint" : "Lint·\(Figure.short(UInt64(count)))"
        }
    }
}

/// The first line: where one is, and at the right what the place has to say.
struct HeaderLine {
    let places: [PlaceName]
    let current: PlaceName
    /// The text at the right, for a width.
    let right: (_ width: Int) -> StyledText

    func draw(on canvas: inout Canvas, in area: Rect) {
        var left = StyledText(" ws101 ", .strong)
        for place in places {
            left.append(" \(place.digit) \(place.title) ", place.digit == current.digit ? .current : .dim)
        }
        canvas.draw(left, row: 0, in: area)
        let right = right(area.width - left.width - 2)
        var rest = area
        canvas.draw(right, row: 0, in: rest.takeRight(right.width))
    }
}
