/// What to do next while there is nothing to see.
struct EmptyPanel: Panel {
    static let bindings: [Binding] = []

    let status: ScreenStatus

    func draw(on canvas: inout Canvas, in area: Rect) {
        let lines =
            [headline, ""] + status.advice.map { StyledText($0) } + [
                "", StyledText("? lists the keys   q quits", .dim),
            ]
        var place = area
        _ = place.takeTop(max(0, (area.height - lines.count) / 3))
        let width = lines.map(\.width).max() ?? 0
        _ = place.takeLeft(max(1, (area.width - width) / 2))
        canvas.draw(lines, in: place)
    }

    private var headline: StyledText {
        switch status.source {
        case .live, .unrecorded: StyledText("Nothing connected yet.", .strong)
        case .reading(let name): StyledText("Reading \(name) …", .strong)
        case .file(let name): StyledText("\(name): no connection", .strong)
        }
    }
}
