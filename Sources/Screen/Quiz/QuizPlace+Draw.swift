import Connection
import Tutor

extension QuizPlace {
    mutating func draw(_ view: PlaceView) -> Canvas {
        layout = PageLayout(height: view.height, width: view.width)
        var canvas = Canvas(height: view.height, width: view.width)
        let right = headerText
        HeaderLine(places: view.places, current: .quiz) { _ in right }.draw(on: &canvas, in: layout.header)
        canvas.drawRule(in: layout.bottomRule)
        if isHelpOpen {
            drawHelp(view.places, on: &canvas)
        } else {
            switch mode {
            case .menu: drawMenu(on: &canvas)
            case .sitting: drawSitting(on: &canvas)
            case .interview: drawInterview(on: &canvas)
            }
        }
        drawBottom(on: &canvas)
        return canvas
    }

    private var headerText: StyledText {
        switch mode {
        case .menu: return StyledText()
        case .sitting:
            guard let view = sitting?.view, sitting?.summary == nil else { return StyledText() }
            return StyledText("\(view.position) of \(view.count) ", .strong)
        case .interview:
            guard let interview else { return StyledText() }
            return interview.timer(now: learner.now).appending(" ")
        }
    }

    private mutating func drawHelp(_ places: [PlaceName], on canvas: inout Canvas) {
        let keys =
            Desk.keys(to: places) + QuizBindings.sections + [
                KeySection("While you type", CommonKeys.typing), KeySection("Everywhere", QuizBindings.everywhere),
            ]
        var area = layout.body
        area.row -= 1
        area.height += 1
        helpScroll = min(helpScroll, HelpPanel(keys: keys, scroll: 0).scrollLimit(in: area))
        HelpPanel(keys: keys, scroll: helpScroll).draw(on: &canvas, in: area)
    }

    private mutating func drawMenu(on canvas: inout Canvas) {
        canvas.draw(
            StyledText(" What shall it be?", .strong).appending("   every answer is saved at once", .dim), row: 0,
            in: layout.title)
        let menu = menu
        list.move(0, count: menu.entries.count)
        let page = menu.page(selected: list.index, width: layout.body.width)
        menuScroll = list.index == 0 ? 0 : page.scroll(menuScroll, height: layout.body.height)
        page.draw(on: &canvas, in: layout.body, scroll: menuScroll)
        canvas.drawMore(
            below: page.scrollLimit(height: layout.body.height) - menuScroll, on: layout.bottomRule,
            width: layout.body.width)
    }

    private mutating func drawSitting(on canvas: inout Canvas) {
        guard let view = sitting?.view else { return }
        let task: String =
            switch view.stage {
            case .asking(let question): question.task
            case .corrected, .finished: ""
            }
        var title = StyledText(" \(view.title)", .strong)
        title.append(task.isEmpty ? "" : "   \(task)", .dim)
        let done =
            view.count == 0 ? 0 : Double(sitting?.summary == nil ? view.position - 1 : view.count) / Double(view.count)
        canvas.draw(title: title, share: done, in: layout.title)
        var body = layout.body
        if !view.sheet.isEmpty { canvas.draw(sheet(view.sheet), row: 0, in: body.takeTop(1)) }
        if body.height > 14 { _ = body.takeTop(1) }
        sitting?.draw(on: &canvas, in: body)
        canvas.drawMore(below: sitting?.below ?? 0, on: layout.bottomRule, width: layout.body.width)
    }

    /// Of an exam: "1✓ 2⚑ [3] 4".
    private func sheet(_ rows: [QuizSheetRow]) -> StyledText {
        var line = StyledText(" ")
        for (index, row) in rows.enumerated() {
            let sign = (row.isAnswered ? "✓" : "") + (row.isFlagged ? "⚑" : "")
            line.append(
                row.isCurrent ? "[\(index + 1)\(sign)]" : " \(index + 1)\(sign) ", row.isCurrent ? .current : .dim)
        }
        return line
    }

    private mutating func drawInterview(on canvas: inout Canvas) {
        guard let view = interview?.view else { return }
        let title = StyledText(" \(view.title)", .strong).appending("   \(view.position) of \(view.count)", .dim)
        let done = view.count == 0 ? 0 : Double(view.position - 1) / Double(view.count)
        canvas.draw(title: title, share: interview?.report == nil ? done : 1, in: layout.title)
        var body = layout.body
        if case .tick = view.stage, body.height > 14 { _ = body.takeTop(1) }
        interview?.draw(on: &canvas, in: body)
        canvas.drawMore(below: interview?.below ?? 0, on: layout.bottomRule, width: layout.body.width)
    }

    private func drawBottom(on canvas: inout Canvas) {
        let note = mode == .sitting ? sitting?.view.note : mode == .interview ? interview?.view.note : nil
        if let notice = notice ?? note.map(Notice.warning) {
            canvas.drawBottom([QuizBindings.Entry](), of: self, notice: notice, in: layout.bottom)
        } else if !isHelpOpen, let line = typingKeys {
            canvas.draw(line, row: 0, in: layout.bottom)
        } else {
            let answer = isHelpOpen ? StyledText() : answerKeys
            let keys = BottomLine.keys(
                QuizBindings.active(in: self), in: self, width: layout.bottom.width - answer.width)
            canvas.draw(answer + keys, row: 0, in: layout.bottom)
        }
    }

    /// The keys while one types.
    private var typingKeys: StyledText? {
        let form = mode == .interview ? interview?.form : mode == .sitting ? sitting?.form : nil
        guard let form, form.isTyping else { return nil }
        let isBlock = form.shape == .text
        return StyledText(" ").appending(isBlock ? "^D" : "Enter", .key).appending(" done  ", .dim)
            .appending(isBlock ? "Enter" : "", .key).appending(isBlock ? " new line  " : "", .dim)
            .appending("Esc", .key).appending(" stop typing", .dim)
    }

    /// The keys of the kind of answer that is given.
    private var answerKeys: StyledText {
        let form = mode == .interview ? interview?.form : mode == .sitting ? sitting?.form : nil
        if mode == .interview, interview?.takesMark == true {
            return StyledText(" ").appending("1 2 3", .key).appending(" mark ", .dim)
        }
        guard let form else { return StyledText() }
        let (keys, name): (String, String) =
            switch form.shape {
            case .statements: ("t f", "true, false")
            case .single: ("a…\(AnswerForm.letter(form.rowCount - 1))", "pick")
            case .multiple, .ideas: ("space", form.shape == .multiple([]) ? "pick" : "tick")
            case .order: ("space", form.isCarrying ? "let go" : "take up")
            case .match(_, let right): ("a…\(AnswerForm.letter(right.count - 1))", "pair")
            case .line, .blanks, .text: ("", "")
            }
        guard !keys.isEmpty else { return StyledText() }
        let sure = sitting?.takesConfidence == true && mode == .sitting
        return StyledText(" ").appending(keys, .key).appending(" \(name) ", .dim)
            .appending(sure ? " 1 2 3" : "", .key).appending(sure ? " how sure " : "", .dim)
    }
}
