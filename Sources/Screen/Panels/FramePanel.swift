import Inspector

/// The selected frame below the ladder: its bits, or its payload in one of the other views.
struct FramePanel: Panel {
    static let bindings = [
        Binding(
            "←→", "field", "walk along the bits of the frame, field by field, then the payload's bytes",
            [(.left, .field(-1)), (.right, .field(1)), (.character("h"), .field(-1)), (.character("l"), .field(1))],
            rank: 2,
            whyDisabled: { $0.selectedRow?.frame == nil ? "no frame is selected" : nil }),
        Binding(
            "v V", "view", "bits, text, JSON, hex", [(.character("v"), .view(1)), (.character("V"), .view(-1))],
            rank: 7),
    ]

    let view: FrameView
    /// The payload stands beside it.
    let hasNeighbour: Bool

    func draw(on canvas: inout Canvas, in area: Rect) {
        var rest = area
        canvas.draw(view.title, row: 0, in: rest.takeTop(1))
        let watch = view.watch
        guard watch.view == .bits || hasNeighbour else {
            let text = watch.cache.text(of: view.row, view.frame, view: watch.view, width: area.width - 2)
            PayloadPanel(text: text, scroll: 0, hasTitle: false, selected: view.position.byte).draw(
                on: &canvas, in: rest)
            return
        }
        let isRoomy = rest.height >= 14
        if isRoomy { _ = rest.takeTop(1) }
        let lines = view.bits + (isRoomy ? view.table(isShort: true) + [""] : []) + view.selection + view.notes
        canvas.draw(lines, in: rest.takeTop(lines.count))
        if !hasNeighbour, view.frame.received > 0 { drawBeginning(on: &canvas, in: rest) }
    }

    /// What the payload says, as far as there is room.
    private func drawBeginning(on canvas: inout Canvas, in area: Rect) {
        let indent = 14
        let width = area.width - indent - 1
        let text = view.watch.cache.text(of: view.row, view.frame, view: .text, width: width)
        let hex = StyledText(Figure.hex(view.watch.cache.start(of: view.row)))
        let lines = text.isText ? text.lines(0..<area.height) : hex.wrapped(to: width / 3 * 3)
        for (index, line) in lines.prefix(area.height).enumerated() {
            let title = StyledText(index == 0 ? " \(text.kind)" : "", .dim).padding(to: indent)
            canvas.draw(title + line, row: index, in: area)
        }
    }
}
