import Inspector
import Tutor
import Wire

/// A step of a lesson from top to bottom: text, bytes, questions, the lab with its checks.
struct StepPage {
    let view: LessonView
    let width: Int

    private var textWidth: Int { max(8, min(width - 2, TextFlow.readableWidth)) }

    /// - Parameter form: Of the question that waits, or of the lab's line.
    func page(_ form: inout AnswerForm?) -> Page {
        var page = Page()
        for (index, row) in view.rows.enumerated() {
            if index > 0 { page.gap() }
            switch row {
            case .text(let block): page.append(TextFlow(width: textWidth).lines(block), indent: 1)
            case .bytes(let example):
                page.append(BytesLines(bytes: example.bytes, isPiece: example.isPiece, width: textWidth).lines)
            case .question(let question): append(question, &form, &page)
            case .lab(let lab): append(lab, &form, &page)
            case .hint(let hint):
                page.append(wrap(StyledText("Hint: ", .key) + InlineMark.text(hint)), indent: 1)
            case .learned(let learned):
                page.append(wrap(StyledText("✓ ", .verdictGood) + InlineMark.text(learned, .strong)), indent: 1)
            }
        }
        return page
    }

    private func wrap(_ text: StyledText, by indent: Int = 0) -> [StyledText] {
        WordWrap.lines(text, width: textWidth - indent)
    }

    // MARK: - Questions

    private func append(_ view: QuestionView, _ form: inout AnswerForm?, _ page: inout Page) {
        let question = view.question
        let sign: String =
            switch question.role {
            case .predict: "Predict: "
            case .question: ""
            case .recall: "Recall: "
            }
        page.append(wrap(StyledText(sign, .key) + InlineMark.text(question.ask, .strong)), indent: 1)
        if let recall = view.recall {
            recalled(recall, view, &form, &page)
        } else if view.isDone {
            answered(view, &page)
        } else {
            if let judgement = view.judgement { remarks(judgement, &page) }
            if var open = form {
                open.append(to: &page, width: width, isActive: true)
                form = open
            }
        }
    }

    /// The answer that counts; of a prediction whether it came true, once the lab has shown it.
    private func answered(_ view: QuestionView, _ page: inout Page) {
        guard let judgement = view.judgement else { return }
        guard view.isRevealed else {
            page.append(wrap(StyledText("locked in: ", .dim).appending(said(judgement, view.question))), indent: 1)
            return
        }
        let isRight = judgement.isRight
        page.append(
            wrap(
                StyledText(isRight ? "✓ " : "✗ ", isRight ? .verdictGood : .verdictBad)
                    .appending(view.question.role == .predict ? "you predicted: " : "", .dim)
                    .appending(said(judgement, view.question))), indent: 1)
        remarks(judgement, &page)
        if !view.question.explain.isEmpty { page.append(wrap(InlineMark.text(view.question.explain)), indent: 1) }
    }

    /// The answer in words, where it was given in letters.
    private func said(_ judgement: Judgement, _ question: Question) -> String {
        switch question.kind {
        case .options:
            let chosen = judgement.answer.compactMap { letter in
                question.choices.indices.first { Question.letter($0) == String(letter) }
            }
            return chosen.map { question.choices[$0] }.joined(separator: "; ")
        case .order:
            let chosen = judgement.answer.compactMap { letter in
                question.choices.indices.first { Question.letter($0) == String(letter) }
            }
            return chosen.map { question.choices[$0] }.joined(separator: ", then ")
        case .statements: return judgement.answer.map { $0 == "t" ? "true" : "false" }.joined(separator: ", ")
        case .number, .measure, .hex, .words, .recall: return judgement.answer
        }
    }

    private func remarks(_ judgement: Judgement, _ page: inout Page) {
        for remark in judgement.remarks where !remark.text.isEmpty {
            let sign = StyledText(remark.isRight ? "✓ " : "✗ ", remark.isRight ? .verdictGood : .verdictBad)
            for (index, line) in wrap(InlineMark.text(remark.text), by: 2).enumerated() {
                page.append(StyledText(" ") + (index == 0 ? sign : StyledText("  ")) + line)
            }
        }
    }

    /// One's own words, the ideas to be ticked, and the model answer once that is done.
    private func recalled(_ recall: RecallView, _ view: QuestionView, _ form: inout AnswerForm?, _ page: inout Page) {
        page.append(wrap(StyledText(recall.text), by: 2).map { StyledText(" │ ", .rule) + $0 })
        guard case .recall(let ideas, let model) = view.question.kind else { return }
        page.append("")
        if view.isDone {
            for (index, idea) in ideas.enumerated() {
                let isTicked = recall.ticks.indices.contains(index) && recall.ticks[index]
                let sign = StyledText(isTicked ? "✓ " : "· ", isTicked ? .verdictGood : .dim)
                for (row, line) in wrap(InlineMark.text(idea), by: 2).enumerated() {
                    page.append(StyledText(" ") + (row == 0 ? sign : StyledText("  ")) + line)
                }
            }
            page.append("")
            page.append(wrap(InlineMark.text(model, .dim)), indent: 1)
        } else if var open = form {
            page.append(wrap(StyledText("Which of these ideas are in your text?", .dim)), indent: 1)
            open.append(to: &page, width: width, isActive: true)
            form = open
        }
    }

    // MARK: - Labs

    private func append(_ lab: LabView, _ form: inout AnswerForm?, _ page: inout Page) {
        page.append(wrap(StyledText("Lab: ", .key).appending(lab.lab.title, .strong)), indent: 1)
        page.append(wrap(InlineMark.text(lab.lab.task)), indent: 1)
        for note in lab.notes { page.append(wrap(StyledText(SafeText.escape(note), .code)), indent: 1) }
        state(lab, &page)
        checks(lab, &page)
        let talk = lab.said.suffix(8)
        if !talk.isEmpty || !lab.typed.isEmpty { page.append("") }
        for line in talk { page.append(wrap(StyledText(SafeText.escape(line), .dim)), indent: 1) }
        for line in lab.typed.suffix(4) { page.append(wrap(StyledText("› ", .dim).appending(line, .dim)), indent: 1) }
        if case .lab = view.prompt, case .running = lab.state, var open = form {
            page.gap()
            open.append(to: &page, width: width, isActive: true)
            form = open
        }
    }

    private func state(_ lab: LabView, _ page: inout Page) {
        switch lab.state {
        case .idle:
            if lab.isPassed {
                page.append(StyledText(" ✓ passed; r runs it again", .verdictGood))
            } else {
                page.append(StyledText(" not running; ", .dim).appending("Enter", .key).appending(" starts it", .dim))
            }
        case .starting: page.append(StyledText(" starting …", .changed))
        case .running: break
        case .failed(let why): page.append(wrap(StyledText("✗ \(SafeText.escape(why))", .verdictBad)), indent: 1)
        }
    }

    /// Each assertion with its sign; of those that are not met what differs, of the first one also why it matters.
    private func checks(_ lab: LabView, _ page: inout Page) {
        guard !lab.lab.checks.isEmpty else { return }
        page.append("")
        guard let report = lab.report else {
            for check in lab.lab.checks { append(check, "· ", .dim, .text, &page) }
            return
        }
        for result in report.results { append(result, isFirst: result == report.first, &page) }
    }

    private func append(
        _ check: LabCheck, _ sign: String, _ signStyle: Style, _ style: Style, _ page: inout Page
    ) {
        for (index, line) in wrap(StyledText(check.text, style), by: 2).enumerated() {
            page.append(StyledText(index == 0 ? " \(sign)" : "   ", signStyle) + line)
        }
    }

    private func append(_ result: CheckResult, isFirst: Bool, _ page: inout Page) {
        let (sign, style): (String, Style) =
            switch result.state {
            case .met: ("✓ ", .verdictGood)
            case .open: ("· ", .dim)
            case .broken: ("✗ ", .verdictBad)
            }
        append(result.check, sign, style, result.state == .met ? .dim : .text, &page)
        guard isFirst else { return }
        if let difference = result.difference {
            page.append(wrap(StyledText(SafeText.escape(difference), .verdictWarning), by: 2), indent: 3)
        }
        let why = InlineMark.text(result.check.why, .dim)
            .appending(result.check.reference.isEmpty ? "" : "  \(result.check.reference.withoutMainRFC)", .dim)
        page.append(wrap(why, by: 2), indent: 3)
    }
}
