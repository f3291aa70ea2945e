import Inspector

/// A place as the first line names it.
enum PlaceName: Hashable, Sendable {
    case watch, learn
    /// With how many reviews are due.
    case quiz(Int)
    /// With how many findings count.
    case lint(Int)
    case progress

    var id: PlaceID {
        switch self {
        case .watch: .watch
        case .learn: .learn
        case .quiz: .quiz
        case .lint: .lint
        case .progress: .progress
        }
    }

    var title: String {
        switch self {
        case .watch: "Watch"
        case .learn: "Learn"
        case .quiz(let due): PlaceName.counted("Quiz", due)
        case .lint(let count): PlaceName.counted("Lint", count)
        case .progress: "Progress"
        }
    }

    private static func counted(_ title: String, _ count: Int) -> String {
        count == 0 ? title : "\(title)·\(Figure.short(UInt64(count)))"
    }
}

/// The first line: where one is, and at the right what the place has to say.
struct HeaderLine {
    let places: [PlaceName]
    let current: PlaceID
    /// The text at the right, for a width.
    let right: (_ width: Int) -> StyledText

    func draw(on canvas: inout Canvas, in area: Rect) {
        var left = StyledText(" ws101 ", .strong)
        for place in places {
            left.append(" \(place.id.digit) \(place.title) ", place.id == current ? .current : .dim)
        }
        canvas.draw(left, row: 0, in: area)
        let right = right(area.width - left.width - 2)
        var rest = area
        canvas.draw(right, row: 0, in: rest.takeRight(right.width))
    }
}
