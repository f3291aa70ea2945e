import Connection
import Inspector
import Wire

/// The list of connections, a line each; the first line stands for all of them.
struct ConnectionsPanel: Panel {
    static let bindings = [
        Binding(
            .character("c"), "list", "move in the list of connections, and back", .focusConnections,
            rank: 4),
        Binding(
            "[ ]", "connection", "the connection before, the one after",
            [(.character("["), .connection(-1)), (.character("]"), .connection(1))]),
    ]

    /// While the list has the keys.
    static let focusBindings = [
        Binding(
            "↑↓", "connection", "the connection above, the one below",
            [(.up, .move(-1)), (.down, .move(1)), (.character("k"), .move(-1)), (.character("j"), .move(1))], rank: 1),
        Binding(
            "Enter c Esc", "its frames", "back to the ladder",
            [(.enter, .open), (.character("c"), .focusConnections), (.escape, .back)], rank: 3),
    ]

    let watch: Watch

    func draw(on canvas: inout Canvas, in area: Rect) {
        guard !area.isEmpty else { return }
        var rows = area
        canvas.draw(title(width: area.width), row: 0, in: rows.takeTop(1))
        let first = watch.firstVisibleConnection
        let summaries = watch.connections(max(0, first - 1)..<(first + rows.height))
        for row in 0..<rows.height {
            let index = first + row
            guard index <= watch.connectionCount else { return }
            let isSelected = index == watch.scopeIndex
            let ground: Ground = !isSelected ? .plain : watch.focus == .connections ? .selected : .marked
            if index == 0 {
                canvas.draw(everything(isSelected, width: area.width), row: row, in: rows, ground: ground)
            } else if let summary = summaries.dropFirst(index - max(1, first)).first {
                canvas.draw(line(summary, isSelected, width: area.width), row: row, in: rows, ground: ground)
            }
        }
    }

    /// As many digits as the newest connection has.
    private var numberWidth: Int {
        max(
            2,
            String(watch.connections(max(0, watch.connectionCount - 1)..<watch.connectionCount).last?.id.rawValue ?? 0)
                .count)
    }

    private func hasAge(_ width: Int) -> Bool { width >= 44 }
    private func hasRoundTrip(_ width: Int) -> Bool { width >= 52 }

    /// Marker 1, number, blank, path, blank, state 8, ♥ 1, (round trip 8,) (age 8,) frames 7.
    private func pathWidth(_ width: Int) -> Int {
        max(4, width - 19 - numberWidth - (hasAge(width) ? 8 : 0) - (hasRoundTrip(width) ? 8 : 0))
    }

    private func title(width: Int) -> StyledText {
        var line = StyledText(" " + "#".leftPadded(to: numberWidth) + " path", .dim)
        line.pad(to: 3 + numberWidth + pathWidth(width))
        line.append("state", .dim)
        if hasRoundTrip(width) { line.append("rtt", .dim, endingAt: width - 16) }
        if hasAge(width) { line.append("age", .dim, endingAt: width - 8) }
        line.append("frames", .dim, endingAt: width - 1)
        return line
    }

    private func marker(_ isSelected: Bool) -> StyledText { StyledText(isSelected ? "▸" : " ", .strong) }

    private func everything(_ isSelected: Bool, width: Int) -> StyledText {
        var line = marker(isSelected)
        line.append("*".leftPadded(to: numberWidth) + " all connections", isSelected ? .strong : .text)
        line.append(Figure.short(watch.pause?.frames ?? watch.log.extent.frames), .text, endingAt: width - 1)
        return line
    }

    private func line(_ summary: ConnectionSummary, _ isSelected: Bool, width: Int) -> StyledText {
        var line = marker(isSelected)
        line.append(String(summary.id.rawValue).leftPadded(to: numberWidth))
        line.append(" ")
        let style: Style = isSelected ? .strong : summary.state == .closed ? .dim : .text
        line.append(summary.shownPath.padded(to: pathWidth(width)) + " ", style)
        let state = summary.shownState
        line.append(state.text, state.style)
        line.pad(to: 11 + numberWidth + pathWidth(width))
        line.append(summary.hasHeartbeat ? "♥" : " ", summary.state == .closed ? .dim : .verdictGood)
        if hasRoundTrip(width) {
            let trips = summary.roundTrips
            line.append(trips.count > 0 ? Figure.duration(trips.last) : "–", .dim, endingAt: width - 16)
        }
        if hasAge(width) { line.append(Figure.age(summary.age(at: watch.shownTime)), .dim, endingAt: width - 8) }
        let frames = summary.traffic.client.frames + summary.traffic.server.frames
        line.append(Figure.short(frames), style, endingAt: width - 1)
        return line
    }
}

extension ConnectionSummary {
    /// The path as a line shows it.
    var shownPath: String { path.map { SafeText.escape($0) } ?? "–" }

    /// How long it lasts, or has lasted, in nanoseconds.
    func age(at now: Timestamp) -> Int64 { (state == .closed ? last : max(now, last)).since(opened) }

    /// The state in a word and a sign, at most seven columns.
    var shownState: (text: String, style: Style) {
        let mark = violations > 0 ? " ✗" : ""
        switch state {
        case .connecting: return ("opening", .changed)
        case .open: return ("open" + mark, violations > 0 ? .verdictBad : .text)
        case .closing: return ("closing", .verdictWarning)
        case .closed: return shownEnding
        case .other: return ("other", .dim)
        }
    }

    private var shownEnding: (text: String, style: Style) {
        guard let ending = closure.map({ Ending($0) }) else { return ("closed", .dim) }
        if ending == .neverOpen, let status = response?.head.status { return ("HTTP \(status)", ending.style) }
        // What went well needs no second look.
        return (ending.short, ending.style == .verdictGood ? .dim : ending.style)
    }
}
