import Tutor

extension StandingPlace {
    mutating func draw(_ view: PlaceView) -> Canvas {
        layout = PageLayout(height: view.height, width: view.width)
        var canvas = Canvas(height: view.height, width: view.width)
        if report == nil { look() }
        let right = headerText
        HeaderLine(places: view.places, current: .progress) { _ in right }.draw(on: &canvas, in: layout.header)
        canvas.drawRule(in: layout.bottomRule)
        if isHelpOpen {
            drawHelp(view.places, on: &canvas)
        } else if let report {
            draw(report, on: &canvas)
        }
        if let prompt {
            BottomLine.draw(prompt, verdict: ("", .dim), on: &canvas, in: layout.bottom)
        } else {
            canvas.drawBottom(StandingBindings.active(in: self), of: self, notice: notice, in: layout.bottom)
        }
        return canvas
    }

    private var headerText: StyledText {
        guard let days = report?.daysLeft else { return StyledText() }
        let text = days == 0 ? "the interview is today" : "\(Figure.counted(days, "day")) to the interview"
        return StyledText(text + " ", .strong)
    }

    private func title(_ report: ProgressReport) -> StyledText {
        guard report.answers > 0 else { return StyledText(" Nothing answered yet", .strong) }
        return StyledText(" \(Figure.counted(report.answers, "answer"))", .strong)
            .appending(" on \(Figure.counted(report.daysPractised, "day"))", .dim)
            .appending(report.due > 0 ? "   \(report.due) due" : "", .verdictWarning)
    }

    private mutating func draw(_ report: ProgressReport, on canvas: inout Canvas) {
        let share = report.answers == 0 ? 0 : Double(report.right) / Double(report.answers)
        canvas.draw(title: title(report), share: share, in: layout.title)
        var body = layout.body
        if body.height > 12 { _ = body.takeTop(1) }
        let isWide = body.width >= 150
        var left = body
        if isWide {
            var rest = body
            left = rest.takeLeft(body.width * 11 / 20)
            canvas.drawUpright(in: rest.takeLeft(1))
            canvas.drawCrossing("┴", row: layout.bottomRule.row, column: left.endColumn)
            canvas.draw(StandingCharts(report: report, width: rest.width).lines, in: rest)
        }
        var page = StandingPage(report: report, selected: selected, width: left.width).page
        if !isWide {
            page.append("")
            page.append(StandingCharts(report: report, width: left.width).lines)
        }
        let limit = page.scrollLimit(height: left.height)
        scroll = follows ? page.scroll(list.index == 0 ? 0 : scroll, height: left.height) : min(scroll, limit)
        page.draw(on: &canvas, in: left, scroll: scroll)
        canvas.drawMore(below: limit - scroll, on: layout.bottomRule, width: layout.body.width)
    }

    private mutating func drawHelp(_ places: [PlaceName], on canvas: inout Canvas) {
        let keys =
            Desk.keys(to: places) + StandingBindings.sections
            + [KeySection("Everywhere", StandingBindings.everywhere)]
        var area = layout.body
        area.row -= 1
        area.height += 1
        helpScroll = min(helpScroll, HelpPanel(keys: keys, scroll: 0).scrollLimit(in: area))
        HelpPanel(keys: keys, scroll: helpScroll).draw(on: &canvas, in: area)
    }
}
