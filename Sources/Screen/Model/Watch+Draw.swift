import Connection
import Inspector
import Wire

extension Watch {
    /// Takes up what came since, then draws everything.
    mutating func draw(
        height: Int, width: Int, now: Timestamp, status: ScreenStatus, places: [PlaceName] = [.watch]
    ) -> Canvas {
        self.now = now
        layout = WatchLayout(height: height, width: width, hasAdvice: status.isLive && !status.advice.isEmpty)
        switch status.source {
        case .live, .unrecorded: chooseLive()
        case .reading, .file: chooseFirst()
        }
        var canvas = Canvas(height: height, width: width)
        HeaderLine(places: places, current: .watch, right: StatusPart(watch: self, status: status).text).draw(
            on: &canvas, in: layout.header)
        if let detail {
            drawOpen(detail, status, places, on: &canvas)
        } else if isEmpty {
            EmptyPanel(status: status).draw(on: &canvas, in: layout.open)
        } else {
            drawLadder(status, on: &canvas)
        }
        canvas.drawRule(in: layout.bottomRule)
        if detail == nil, selectedRow?.frame != nil, let payload = layout.payload {
            canvas.drawCrossing("┴", row: layout.bottomRule.row, column: payload.column)
        }
        BottomLine(watch: self).draw(on: &canvas, in: layout.bottom)
        return canvas
    }

    private func drawLadder(_ status: ScreenStatus, on canvas: inout Canvas) {
        ConnectionsPanel(watch: self).draw(on: &canvas, in: layout.connections)
        let advice = status.advice.flatMap { $0.wordWrapped(to: layout.advice.width - 2) }
        canvas.draw(advice.map { StyledText(" " + $0, .dim) }, in: layout.advice)
        if let statistics = layout.statistics {
            StatisticsPanel(summary: scopeSummary, rates: rates).draw(on: &canvas, in: statistics)
        }
        LadderPanel(watch: self).draw(on: &canvas, in: layout.ladder)
        canvas.drawUpright(in: layout.upright)
        if let statistics = layout.statistics {
            canvas.drawCrossing("┤", row: statistics.row, column: layout.upright.column)
        }
        canvas.drawRule(in: layout.middleRule)
        if !layout.upright.isEmpty {
            canvas.drawCrossing("┴", row: layout.middleRule.row, column: layout.upright.column)
        }
        drawSelected(on: &canvas)
    }

    private var scopeSummary: ConnectionSummary? {
        switch scope {
        case .all: nil
        case .connection(let id): summary(id)
        }
    }

    private var rates: [Rate] {
        let connection: ConnectionID? =
            switch scope {
            case .all: nil
            case .connection(let id): id
            }
        return log.rates(of: connection, seconds: 60, before: shownTime)
    }

    /// The selected row below the ladder.
    private func drawSelected(on canvas: inout Canvas) {
        guard let row = selectedRow, layout.detail.height > 0 else { return }
        guard let frame = row.frame else {
            NotePanel(watch: self, row: row).draw(on: &canvas, in: layout.detail)
            return
        }
        let view = FrameView(watch: self, row: row, frame: frame, width: layout.detail.width)
        FramePanel(view: view, hasNeighbour: layout.payload != nil).draw(on: &canvas, in: layout.detail)
        guard var payload = layout.payload else { return }
        canvas.drawUpright(in: payload)
        canvas.drawCrossing("┬", row: layout.middleRule.row, column: payload.column)
        _ = payload.takeLeft(1)
        let text = cache.text(of: row, frame, view: self.view, width: payload.width - 2)
        PayloadPanel(text: text, scroll: 0, hasTitle: true, selected: view.position.byte).draw(on: &canvas, in: payload)
    }

    private mutating func drawOpen(
        _ detail: Detail, _ status: ScreenStatus, _ places: [PlaceName], on canvas: inout Canvas
    ) {
        guard let panel = panel(of: detail, status, places) else {
            close()
            drawLadder(status, on: &canvas)
            return
        }
        let limit = panel.scrollLimit(in: layout.open)
        guard scroll <= limit else {
            // Scrolled beyond the end, which was not known before.
            scroll = limit
            self.panel(of: detail, status, places)?.draw(on: &canvas, in: layout.open)
            return
        }
        panel.draw(on: &canvas, in: layout.open)
    }

    private func panel(of detail: Detail, _ status: ScreenStatus, _ places: [PlaceName]) -> (any ScrollingPanel)? {
        switch detail {
        case .help:
            let keys = Desk.keys(to: places) + Bindings.help(for: self)
            return HelpPanel(keys: keys, advice: status.advice, isForWatch: true, scroll: scroll)
        case .frame(let id):
            guard let row = log.row(id), let frame = row.frame else { return nil }
            let view = FrameView(watch: self, row: row, frame: frame, width: layout.open.width)
            return FrameDetailPanel(view: view)
        case .handshake(let id):
            return summary(id).map { HandshakePanel(summary: $0, scroll: scroll) }
        case .closing(let id):
            return summary(id).map { ClosingPanel(summary: $0, timeZone: timeZone, scroll: scroll) }
        }
    }
}
