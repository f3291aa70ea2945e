import Inspector

/// What Watch has to say in the first line: that the recording is alive, how much came, what is filtered.
struct StatusPart {
    let watch: Watch
    let status: ScreenStatus

    /// Most telling first; what has no room beside it is left out.
    func text(width: Int) -> StyledText {
        var line = recording(width: width - 1)
        let others = [
            filter, status.load.map { StyledText($0, .changed) },
            StyledText(Figure.counted(watch.connectionCount, "connection"), .dim),
        ]
        for part in others.compactMap(\.self) where line.width + part.width + 4 <= width {
            line.append("   ")
            line.append(part)
        }
        line.append(" ")
        return line
    }

    /// That the recording is alive, for the other places.
    func frames(_ width: Int) -> StyledText { recording(width: width - 1).appending(" ") }

    private func recording(width: Int) -> StyledText {
        let frames = Figure.counted(watch.pause?.frames ?? watch.log.extent.frames, "frame")
        if let pause = watch.pause {
            let missed = watch.log.extent.frames - pause.frames
            let text = missed == 0 ? "paused" : "paused, \(Figure.counted(missed, "new frame"))"
            return sign.appending(text, .changed)
        }
        switch status.source {
        case .live: return sign.appending(frames)
        case .unrecorded(let why): return StyledText("✗ not recording: \(why)".clipped(to: width), .verdictBad)
        case .reading(let path): return StyledText("reading \(name(path))… ", .changed).appending(frames)
        case .file(let path): return StyledText("\(name(path))  ", .dim).appending(frames)
        }
    }

    /// That recording is alive, which a pause of the view does not change.
    private var sign: StyledText {
        switch status.source {
        case .live: StyledText("● ", .verdictGood).appending("rec ", .dim)
        case .unrecorded: StyledText("✗ not recording  ", .verdictBad)
        case .reading, .file: StyledText()
        }
    }

    private func name(_ path: String) -> String {
        String(path.split(separator: "/").last ?? "").clipped(to: 32)
    }

    private var filter: StyledText? {
        guard let filter = watch.filter else { return nil }
        let found = RowList.lowerBound(of: watch.end, in: filter.ids)
        let progress = filter.isComplete ? "" : "…"
        return StyledText("/ ", .key).appending(filter.source.clipped(to: 28))
            .appending("  \(Figure.count(found))\(progress) found", .dim)
    }
}
