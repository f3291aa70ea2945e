import Inspector

/// A frame in full: bits, every field with its meaning, and the payload below.
struct FrameDetailPanel: ScrollingPanel {
    static let bindings = [
        Binding(
            "←→", "field", "walk along the bits of the frame, field by field, then the payload's bytes",
            [(.left, .field(-1)), (.right, .field(1)), (.character("h"), .field(-1)), (.character("l"), .field(1))],
            rank: 2),
        Binding(
            "J K", "frame", "the next frame, the one before",
            [(.character("J"), .neighbour(1)), (.character("K"), .neighbour(-1))], rank: 3),
        Binding(
            "v V", "view", "the payload as it reads best, as text, JSON, hex",
            [(.character("v"), .view(1)), (.character("V"), .view(-1))], rank: 7),
    ]

    let view: FrameView

    func draw(on canvas: inout Canvas, in area: Rect) {
        var rest = area
        canvas.draw(view.title, row: 0, in: rest.takeTop(1))
        rest = area
        let payload = payloadArea(in: &rest)
        _ = rest.takeTop(FrameDetailPanel.isRoomy(area) ? 2 : 1)
        canvas.draw(lines(in: area), in: rest)
        guard let payload, payload.height > 1 else { return }
        var below = payload
        canvas.drawRule(in: below.takeTop(1))
        PayloadPanel(
            text: text(width: area.width), scroll: view.watch.scroll, hasTitle: true, selected: view.position.byte
        )
        .draw(on: &canvas, in: below)
    }

    func scrollLimit(in area: Rect) -> Int {
        var rest = area
        guard let payload = payloadArea(in: &rest) else { return 0 }
        return max(0, text(width: area.width).lineCount - payload.height + 2)
    }

    private func lines(in area: Rect) -> [StyledText] {
        view.bits + view.table(isShort: !FrameDetailPanel.isRoomy(area)) + view.selection.prefix(1) + view.notes
    }

    private func text(width: Int) -> PayloadText {
        view.watch.cache.text(of: view.row, view.frame, view: view.watch.view, width: width - 2)
    }

    private static func isRoomy(_ area: Rect) -> Bool { area.height > 30 }

    /// What is left below the fields; at least a few lines.
    private func payloadArea(in rest: inout Rect) -> Rect? {
        guard view.frame.received > 0 else { return nil }
        let above = lines(in: rest).count + (FrameDetailPanel.isRoomy(rest) ? 3 : 1)
        return rest.takeBottom(max(5, rest.height - above))
    }
}
