import Connection
import Inspector
import Wire

/// What went to and fro, a line each: what the client sent begins at the left, what the server sent ends at the right.
struct LadderPanel: Panel {
    static let bindings = [
        Binding(
            "↑↓", "row", "the row above, the row below; below the last one whatever comes next",
            [(.up, .move(-1)), (.down, .move(1)), (.character("k"), .move(-1)), (.character("j"), .move(1))],
            rank: 1),
        Binding(
            "PgUp PgDn", "page", "a page up, a page down",
            [
                (.pageUp, .page(-1)), (.pageDown, .page(1)), (.control("b"), .page(-1)), (.control("f"), .page(1)),
                (.control("u"), .page(-1)), (.control("d"), .page(1)),
            ]),
        Binding(
            "g G", "ends", "the first row, the newest",
            [(.character("g"), .first), (.home, .first), (.character("G"), .last), (.end, .last)]),
        Binding(.enter, "open", "the frame, the handshake or the end, in full", .open, rank: 3),
        Binding(.character("F"), "follow", "keep the newest row in view, or stop", .follow),
        Binding(
            .character(" "), "pause", "the view stands still, the recording goes on; again to go on", .pause,
            rank: 6),
        Binding(.character("t"), "times", "the time of day, since the opening, since the row before", .clock),
        Binding(
            "n N", "match", "the next row that matches, the one before",
            [(.character("n"), .match(1)), (.character("N"), .match(-1))],
            whyDisabled: { $0.filter == nil ? "there is no filter: / sets one" : nil }),
        Binding(
            .character("a"), "all", "rows that do not match as well, or not", .showAll,
            whyDisabled: { $0.filter == nil ? "there is no filter: / sets one" : nil }),
    ]

    let watch: Watch

    func draw(on canvas: inout Canvas, in area: Rect) {
        var rows = area
        canvas.draw(title(width: area.width), row: 0, in: rows.takeTop(1))
        let onDisk = watch.rowsOnDisk
        let list = watch.list
        let first = watch.firstVisible(in: list)
        if onDisk > 0 {
            let isInView = first < onDisk
            let text =
                isInView
                ? " ▼ read from disk: \(Figure.count(onDisk)) older rows"
                : " ▲ \(Figure.count(onDisk)) older rows on disk"
            canvas.draw(StyledText(text, .dim), row: 0, in: rows.takeTop(1))
        }
        let visible = list.rows(first..<(first + rows.height))
        guard !visible.isEmpty else {
            canvas.draw(StyledText(" " + emptyText, .dim), row: 1, in: rows)
            return
        }
        draw(visible, first > 0 ? list.row(at: first - 1) : nil, on: &canvas, in: rows)
    }

    private func draw(_ visible: [LogRow], _ previous: LogRow?, on canvas: inout Canvas, in rows: Rect) {
        let joins = LadderJoin.column(of: visible)
        let selected = watch.selectedRow?.id
        var before = previous
        for (index, row) in visible.enumerated() {
            let isSelected = row.id == selected
            let line = LadderLine(
                row: row, previous: index == 0 ? nil : before, before: before, join: joins[index], watch: watch,
                width: rows.width
            )
            let ground: Ground = !isSelected ? .plain : watch.focus == .ladder ? .selected : .marked
            canvas.draw(line.text(isSelected: isSelected), row: index, in: rows, ground: ground)
            before = row
        }
    }

    private var emptyText: String {
        guard let filter = watch.filter, !watch.showsAll else { return "nothing yet" }
        return filter.isComplete ? "no row matches \(filter.source)" : "looking for \(filter.source) …"
    }

    /// "client", who it is, "server": the two ends of the ladder.
    private func title(width: Int) -> StyledText {
        var line = StyledText(" " + watch.clock.name(isRoomy: LadderLine.isRoomy(width)), .dim)
        line.pad(to: LadderLine.timeWidth(width))
        line.append("client", .client)
        let end = min(width, LadderLine.maximumWidth) - LadderLine.joinWidth
        let space = end - line.width - "server".count
        let text = name.clipped(to: max(0, space - 2))
        line.append(String(repeating: " ", count: max(0, (space - text.displayWidth) / 2)))
        line.append(text, .strong)
        line.append("server", .server, endingAt: end)
        return line
    }

    private var name: String {
        switch watch.scope {
        case .all: return "all connections"
        case .connection(let id):
            guard let summary = watch.summary(id) else { return "#\(id.rawValue)" }
            return "#\(id.rawValue) \(summary.shownPath)"
        }
    }
}

/// The line at the right that joins a Ping with its Pong.
enum LadderJoin {
    static func column(of rows: [LogRow]) -> [Character] {
        var column = [Character](repeating: " ", count: rows.count)
        let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($0.element.id, $0.offset) })
        for (end, row) in rows.enumerated() {
            guard let frame = row.frame, frame.header.opcode == .pong, let ping = frame.counterpart else { continue }
            let start = places[ping]
            for index in ((start ?? -1) + 1)..<end where column[index] == " " { column[index] = "│" }
            if let start { column[start] = column[start] == " " ? "┐" : "┤" }
            column[end] = "┘"
        }
        return column
    }
}
