import Connection
import Inspector

/// The live ladder beside a lesson: the connections of its lab and no others, newest row in view until one walks.
struct LabLadder {
    private(set) var watch: Watch
    private(set) var connections: [ConnectionID] = []

    init(log: Log, timeZone: Int) {
        watch = Watch(log: log, now: Timestamp(nanoseconds: 0), timeZone: timeZone)
        watch.isScopeChosen = true
        watch.clock = .sinceOpening
        watch.focus = .connections  // Its rows are marked, not selected: the keys belong to the text.
    }

    var isEmpty: Bool { connections.isEmpty }

    /// - Parameter shown: Those of the lab, the oldest first.
    mutating func show(_ shown: [ConnectionID]) {
        guard shown != connections else { return }
        connections = shown
        watch.followNewest()
        watch.filter = nil
        if shown.count == 1 {
            watch.scope = .connection(shown[0])
            return
        }
        watch.scope = .all
        let expression = shown.map { "conn == \($0.rawValue)" }.joined(separator: " or ")
        watch.filter = (try? Filter(expression)).map { FilterScan($0, in: .all) }
    }

    /// Takes up what came since.
    /// - Returns: Whether there is more to look at.
    mutating func scan(until isOver: () -> Bool) -> Bool { watch.scan(until: isOver) }

    mutating func move(_ step: Int) { watch.moveSelection(step) }

    /// The row of a frame, or the last one of the connection.
    func row(of connection: ConnectionID, frame number: UInt64?) -> LogRow? {
        let all = RowList(log: watch.log, scope: .connection(connection), end: watch.end, matches: nil)
        guard let number else { return all.last }
        return all.firstPosition(ofFrame: number).flatMap { all.row(at: $0) }
    }

    var selected: LogRow? { watch.selectedRow }

    /// Draws the ladder, and below it the selected row.
    mutating func draw(on canvas: inout Canvas, in area: Rect, now: Timestamp) {
        var rest = area
        let detail = rest.takeBottom(area.height >= 14 ? 7 : 0)
        watch.now = now
        watch.layout = WatchLayout(ladder: rest, detail: detail)
        LadderPanel(watch: watch).draw(on: &canvas, in: rest)
        guard let row = selected, detail.height > 0 else { return }
        drawSelected(row, on: &canvas, in: detail)
    }

    private func drawSelected(_ row: LogRow, on canvas: inout Canvas, in area: Rect) {
        var rest = area
        canvas.drawRule(in: rest.takeTop(1))
        guard let frame = row.frame else {
            NotePanel(watch: watch, row: row).draw(on: &canvas, in: rest.takeTop(1))
            canvas.draw([StyledText(" o", .key).appending(" opens it in the place Watch", .dim)], in: rest)
            return
        }
        canvas.draw(NarrowFrame(watch: watch, row: row, frame: frame, width: area.width).lines, in: rest)
    }
}
