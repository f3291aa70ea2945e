import Inspector

/// The first line: where one is, and that the recording is alive.
struct HeaderLine: Panel {
    static let bindings: [Binding] = []
    /// The places there are, in the order of their digits.
    static let places = ["Watch"]

    let watch: Watch
    let status: ScreenStatus
    let place: Int

    func draw(on canvas: inout Canvas, in area: Rect) {
        var left = StyledText(" ws101 ", .strong)
        for (index, name) in HeaderLine.places.enumerated() {
            left.append(" \(index + 1) \(name) ", index == place ? .current : .dim)
        }
        canvas.draw(left, row: 0, in: area)
        let right = right(width: area.width - left.width - 2)
        var rest = area
        canvas.draw(right, row: 0, in: rest.takeRight(right.width))
    }

    /// Most telling first; what has no room is left out.
    private func right(width: Int) -> StyledText {
        var parts = [recording]
        if let filter { parts.append(filter) }
        parts.append(StyledText(Figure.counted(watch.connectionCount, "connection"), .dim))
        var line = StyledText()
        for part in parts where line.width + part.width + 3 <= width {
            if line.width > 0 { line.append("   ") }
            line.append(part)
        }
        line.append(" ")
        return line
    }

    private var recording: StyledText {
        let frames = Figure.counted(watch.pause?.frames ?? watch.log.extent.frames, "frame")
        if let pause = watch.pause {
            let missed = watch.log.extent.frames - pause.frames
            let text = missed == 0 ? "paused" : "paused, \(Figure.counted(missed, "new frame"))"
            return StyledText("● ", .verdictGood).appending("rec  ", .dim).appending(text, .changed)
        }
        switch status.source {
        case .live: return StyledText("● ", .verdictGood).appending("rec ", .dim).appending(frames, .text)
        case .unrecorded(let why): return StyledText("✗ not recording: \(why)", .verdictBad)
        case .reading(let name): return StyledText("reading \(name)… ", .changed).appending(frames)
        case .file(let name): return StyledText("\(name)  ", .dim).appending(frames)
        }
    }

    private var filter: StyledText? {
        guard let filter = watch.filter else { return nil }
        let found = RowList.lowerBound(of: watch.end, in: filter.ids)
        let progress = filter.isComplete ? "" : "…"
        return StyledText("/ ", .key).appending(filter.source.clipped(to: 28))
            .appending("  \(Figure.count(found))\(progress) found", .dim)
    }
}
