import Connection
import Inspector
import Tutor

extension LearnPlace {
    mutating func draw(_ view: PlaceView) -> Canvas {
        layout = PageLayout(height: view.height, width: view.width)
        var canvas = Canvas(height: view.height, width: view.width)
        let status = StatusPart(watch: ladder.watch, status: view.status)
        HeaderLine(places: view.places, current: .learn, right: status.frames).draw(on: &canvas, in: layout.header)
        if isHelpOpen {
            drawHelp(view.places, on: &canvas)
        } else {
            switch mode {
            case .lessons: drawLessons(on: &canvas)
            case .hits: drawHits(on: &canvas)
            case .step: drawStep(on: &canvas, now: view.now)
            }
        }
        drawBottom(on: &canvas)
        return canvas
    }

    private mutating func drawHelp(_ places: [PlaceName], on canvas: inout Canvas) {
        let keys =
            Desk.keys(to: places) + [
                KeySection("The lessons", LearnBindings.lessons), KeySection("A step", LearnBindings.step),
                KeySection("While you type", CommonKeys.typing), KeySection("Everywhere", LearnBindings.everywhere),
            ]
        var area = layout.body
        area.row -= 1
        area.height += 1
        let panel = HelpPanel(keys: keys, scroll: 0)
        scroll = min(scroll, panel.scrollLimit(in: area))
        HelpPanel(keys: keys, scroll: scroll).draw(on: &canvas, in: area)
    }

    private mutating func drawLessons(on canvas: inout Canvas) {
        let progress = host.progress
        let all = lessons.reduce(0) { $0 + $1.steps.count }
        let done = lessons.reduce(0) { sum, lesson in sum + lesson.steps.count { progress.finished.contains($0.id) } }
        let title = done == 0 ? " Twelve lessons, from the first byte to the interview" : " Lessons"
        canvas.draw(
            title: StyledText(title, .strong), share: all == 0 ? 0 : Double(done) / Double(all), in: layout.title)
        page = LessonsPage(lessons: lessons, progress: progress, selected: list.index, width: layout.body.width).page
        drawPage(on: &canvas, in: layout.body)
    }

    private mutating func drawHits(on canvas: inout Canvas) {
        let found = foundHits ?? []
        canvas.draw(StyledText(" \(Figure.counted(found.count, "step")) found", .strong), row: 0, in: layout.title)
        page = HitsPage(hits: found, selected: hits.index, width: layout.body.width).page
        drawPage(on: &canvas, in: layout.body)
    }

    private mutating func drawPage(on canvas: inout Canvas, in area: Rect) {
        pageHeight = area.height
        scroll = page.scroll(scroll, height: area.height)
        page.draw(on: &canvas, in: area, scroll: scroll)
    }

    // MARK: - A step

    private mutating func drawStep(on canvas: inout Canvas, now: Timestamp) {
        guard let view else { return }
        let share = view.stepCount == 0 ? 0 : Double(finished(of: view.lesson)) / Double(view.stepCount)
        canvas.draw(title: title(view), share: share, in: layout.title)
        ladder.show(host.labConnections)
        var text = layout.body
        let hasRoom = text.height >= 16
        if showsLadder, hasWire(view) {
            if Columns.isBeside(text.width) {
                let widths = Columns.widths(text.width, share: text.width >= 140 ? 0.5 : 0.52)
                var rest = layout.body
                text = rest.takeLeft(widths.left)
                canvas.drawUpright(in: rest.takeLeft(1))
                drawWire(on: &canvas, in: rest, now: now)
                canvas.drawCrossing("┴", row: layout.bottomRule.row, column: text.endColumn)
            } else if text.height >= 18 {
                var rest = layout.body
                let wire = rest.takeBottom(8)
                canvas.drawRule(in: rest.takeBottom(1))
                drawWire(on: &canvas, in: wire, now: now)
                text = rest
            }
        }
        if hasRoom { _ = text.takeTop(1) }
        drawText(view, on: &canvas, in: text)
    }

    private func finished(of number: Int) -> Int {
        host.course.lesson(number)?.steps.count { host.progress.finished.contains($0.id) } ?? 0
    }

    private func title(_ view: LessonView) -> StyledText {
        StyledText(" \(view.lesson) \(view.lessonTitle)", .dim)
            .appending(" · step \(view.step) of \(view.stepCount) · ", .dim).appending(view.stepTitle, .strong)
            .appending(view.isFinished ? " ✓" : "", .verdictGood)
    }

    /// Whether the step has anything to do with a wire.
    private func hasWire(_ view: LessonView) -> Bool {
        guard let lab = view.lab else { return false }
        if case .idle = lab.state { return !ladder.isEmpty }
        return true
    }

    private mutating func drawWire(on canvas: inout Canvas, in area: Rect, now: Timestamp) {
        guard ladder.isEmpty else {
            ladder.draw(on: &canvas, in: area, now: now)
            return
        }
        canvas.draw(["", StyledText(" Nothing on the wire yet.", .dim)], in: area)
    }

    private mutating func drawText(_ view: LessonView, on canvas: inout Canvas, in area: Rect) {
        pageHeight = area.height
        page = StepPage(view: view, width: area.width).page(&form)
        let limit = page.scrollLimit(height: area.height)
        scroll = follows ? page.scroll(scroll, height: area.height) : min(scroll, limit)
        // What is out of sight is not typed into by chance.
        if form?.isTyping == true, !follows, !isFormVisible {
            form?.stopTyping()
            page = StepPage(view: view, width: area.width).page(&form)
        }
        page.draw(on: &canvas, in: area, scroll: scroll)
        canvas.drawMore(below: limit - scroll, on: layout.bottomRule, width: area.width)
    }

    private func drawBottom(on canvas: inout Canvas) {
        if layout.bottomRule.height > 0, mode != .step || isHelpOpen { canvas.drawRule(in: layout.bottomRule) }
        if let prompt {
            BottomLine.draw(prompt, verdict: ("", .dim), on: &canvas, in: layout.bottom)
        } else if let notice {
            canvas.drawBottom([LearnBindings.Entry](), of: self, notice: notice, in: layout.bottom)
        } else if mode == .step, !isHelpOpen, let view {
            canvas.draw(keys(view), row: 0, in: layout.bottom)
        } else {
            canvas.drawBottom(LearnBindings.active(in: self), of: self, notice: nil, in: layout.bottom)
        }
    }

    /// What Enter does now, then the other keys; what came of the last thing done goes before them.
    private func keys(_ view: LessonView) -> StyledText {
        var line = StyledText(" ")
        if let said = view.notice { line.append(said.clipped(to: max(10, layout.bottom.width - 30)) + "   ", .strong) }
        if let enter = enterName(view) {
            line.append(form?.inputs.first?.kind == .block && isTyping ? "^D" : "Enter", .key)
            line.append(" \(enter)  ", .dim)
        }
        guard !isTyping else {
            line.append("Esc", .key)
            return line.appending(" stop typing", .dim)
        }
        if case .statements? = form?.shape {
            line.append("t f", .key)
            line.append(" true or false  ", .dim)
        }
        let keys = BottomLine.keys(LearnBindings.active(in: self), in: self, width: layout.bottom.width - line.width)
        return line + keys
    }

    private func enterName(_ view: LessonView) -> String? {
        if isTyping {
            return switch view.prompt {
            case .lab: "send"
            case .answer: view.pendingQuestion?.question.role == .predict ? "lock in" : "submit"
            case .tick, .none: nil
            }
        }
        if page.count > scroll + pageHeight, !isFormVisible { return "to the question" }
        switch view.prompt {
        case .answer:
            if form?.isComplete == true {
                return view.pendingQuestion?.question.role == .predict ? "lock in" : "submit"
            }
            return form?.inputs.isEmpty == false ? "type" : "choose"
        case .tick: return "done"
        case .lab, .none:
            if view.pointer != nil { return "to the frame" }
            if view.isDone { return "next step" }
            return view.actions.contains(.run) ? "start the lab" : nil
        }
    }
}

extension Canvas {
    /// A title at the left, and at the right a bar with its figure.
    mutating func draw(title: StyledText, share: Double, in area: Rect) {
        let bar = Bar.text(share, width: area.width >= 100 ? 24 : 12).appending(" \(Bar.percent(share)) ", .dim)
        var rest = area
        let right = rest.takeRight(bar.width)
        draw(title, row: 0, in: rest)
        draw(bar, row: 0, in: right)
    }

    /// The line below a page, which tells that there is more of it.
    mutating func drawMore(below count: Int, on rule: Rect, width: Int) {
        guard rule.height > 0 else { return }
        let crossing = (0..<rule.width).filter { self[rule.row, $0].scalar == 0x2534 }
        drawRule(in: rule)
        for column in crossing { drawCrossing("┴", row: rule.row, column: column) }
        guard count > 0, width > 24 else { return }
        let text = StyledText(" ↓ \(Figure.counted(count, "more line")) ", .strong)
        draw(
            text, row: 0, in: Rect(row: rule.row, column: rule.column + 2, height: 1, width: min(text.width, width - 2))
        )
    }
}
