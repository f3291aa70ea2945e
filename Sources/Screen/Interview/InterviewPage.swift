import Tutor

/// What a stage of the interview shows, but for the ticking.
struct InterviewPage {
    let stage: InterviewView.Stage
    let width: Int

    private var textWidth: Int { min(width - 2, TextFlow.readableWidth) }

    func page(_ form: inout AnswerForm?) -> Page {
        var page = Page()
        switch stage {
        case .intro(let lines):
            page.append("")
            for line in lines { append(line, .text, &page) }
        case .think(let prompt, let hint):
            ask(prompt, hint, &page)
            append(
                "Think for a moment: definition, mechanism, trade-off, failure, example. Enter begins to write.", .dim,
                &page)
        case .answer(let prompt, let hint, _):
            ask(prompt, hint, &page)
            type(&form, &page)
        case .tick: break
        case .followUp(let prompt, _):
            ask(prompt, "A follow-up, about what was missing.", &page)
            type(&form, &page)
        case .compare(let prompt, let own, let answer, let mark): compare(prompt, own, answer, mark, &page)
        case .verdict(let verdict): append(verdict, &page)
        case .order(let task, let parts, _): order(task, parts, &form, &page)
        case .cut(let text, let words, _):
            ask("Say it in \(words) words, and lose no fact.", "", &page)
            append(text, .dim, &page)
            page.append("")
            type(&form, &page, words: words)
        case .summary(let task, let words, _):
            ask(task, "At most \(words) words.", &page)
            type(&form, &page, words: words)
        case .drillResult(let title, let lines, let model): result(title, lines, model, &page)
        case .finished(let report): page = ReportPage(report: report, width: width).page
        }
        return page
    }

    private func append(_ text: String, _ style: Style, _ page: inout Page) {
        page.append(WordWrap.lines(InlineMark.text(text, style), width: textWidth), indent: 1)
    }

    private func ask(_ prompt: String, _ hint: String, _ page: inout Page) {
        page.append("")
        append(prompt, .strong, &page)
        if !hint.isEmpty { append(hint, .dim, &page) }
        page.append("")
    }

    private func type(_ form: inout AnswerForm?, _ page: inout Page, words: Int? = nil) {
        guard var typed = form else { return }
        typed.append(to: &page, width: textWidth, isActive: true)
        let count = typed.inputs.first?.wordCount ?? 0
        page.append("")
        let isOver = words.map { count > $0 } ?? false
        let limit = words.map { " of \($0)" } ?? ""
        page.append(StyledText(" \(count)\(limit) words", isOver ? .verdictWarning : .dim))
        form = typed
    }

    private func compare(
        _ prompt: String, _ own: String, _ answer: String, _ mark: InterviewState.Mark?, _ page: inout Page
    ) {
        ask(prompt, "", &page)
        page.append(StyledText(" what you wrote", .dim))
        append(own, .text, &page)
        page.append("")
        page.append(StyledText(" a good answer", .dim))
        append(answer, .text, &page)
        page.append("")
        var line = StyledText(" was it in yours?", .strong)
        for (index, each) in InterviewState.Mark.allCases.enumerated() {
            line.append("   ")
            line.append("\(index + 1)", .key)
            line.append(" \(each.rawValue)", mark == each ? .current : .text)
        }
        page.append(line)
    }

    private func append(_ verdict: InterviewVerdict, _ page: inout Page) {
        page.append("")
        append(verdict.prompt, .strong, &page)
        page.append(StyledText(" \(verdict.band)", .strong).appending("   \(verdict.seconds) s", .dim))
        page.append("")
        page.append(DimensionLines.lines(verdict.dimensions, width: width))
        if !verdict.missed.isEmpty {
            page.append("")
            page.append(StyledText(" Left out", .current))
            for missed in verdict.missed { item(missed.text, missed.references, &page) }
        }
        for wrong in verdict.wrong {
            page.gap()
            append("✗ \(wrong.says)", .verdictBad, &page)
            append(wrong.correction, .text, &page)
        }
        page.append("")
        page.append(StyledText(" lesson \(verdict.lesson) has all of it", .dim))
    }

    private func item(_ text: String, _ references: [String], _ page: inout Page) {
        var line = StyledText("· ", .dim).appending(text)
        let sections = references.map(\.withoutMainRFC).joined(separator: ", ")
        if !sections.isEmpty { line.append("  \(sections)", .dim) }
        page.append(WordWrap.lines(line, width: textWidth), indent: 1)
    }

    /// Steps beside the parts of the template that they shall become.
    private func order(_ task: String, _ parts: [String], _ form: inout AnswerForm?, _ page: inout Page) {
        ask(task, parts.joined(separator: ", then "), &page)
        guard var typed = form else { return }
        typed.append(to: &page, width: width, isActive: true)
        form = typed
    }

    private func result(_ title: String, _ lines: [String], _ model: String, _ page: inout Page) {
        page.append("")
        append(title, .strong, &page)
        page.append("")
        for line in lines {
            append(line, line.hasPrefix("✗") ? .verdictBad : line.hasPrefix("✓") ? .text : .dim, &page)
        }
        guard !model.isEmpty else { return }
        page.append("")
        page.append(StyledText(" a good answer", .dim))
        append(model, .text, &page)
    }
}

/// A line a dimension, with its bar.
enum DimensionLines {
    static func lines(_ dimensions: [InterviewVerdict.Dimension], width: Int) -> [StyledText] {
        dimensions.map { dimension in
            var line = StyledText("   \(dimension.name)".padded(to: 24))
            line.append(Bar.text(dimension.share, width: min(30, max(6, width - 50))))
            line.append(" \(Bar.percent(dimension.share))  ")
            return line.appending(dimension.band, .dim)
        }
    }
}

/// An interview that is over.
struct ReportPage {
    let report: InterviewReport
    let width: Int

    private var textWidth: Int { min(width - 2, TextFlow.readableWidth) }

    var page: Page {
        var page = Page()
        page.append("")
        page.append(
            StyledText(" \(report.band)", .strong).appending("   \(Bar.percent(report.share))")
                .appending("   \(report.level), \(report.minutes) minutes, \(report.date)", .dim))
        page.append("")
        page.append(DimensionLines.lines(report.dimensions, width: width))
        if let difference = report.difference { append(difference, &page) }
        if !report.work.isEmpty {
            page.append("")
            page.append(StyledText(" Work on", .current))
            for work in report.work { append(work, &page) }
        }
        page.append("")
        page.append(StyledText(" Answer by answer", .current))
        for verdict in report.verdicts {
            page.append(line(verdict.prompt, verdict.share, verdict.band))
        }
        for drill in report.drills { page.append(line(drill.title, drill.share, "")) }
        return page
    }

    private func append(_ work: InterviewReport.Work, _ page: inout Page) {
        let sections = work.references.map(\.withoutMainRFC).joined(separator: ", ")
        let text = StyledText("· \(work.text)").appending("  lesson \(work.lesson)  \(sections)", .dim)
        page.append(WordWrap.lines(text, width: textWidth - 2), indent: 3)
    }

    private func append(_ difference: InterviewReport.Difference, _ page: inout Page) {
        let points = Int((difference.share * 100).rounded())
        let sign = points > 0 ? "▲ +" : points < 0 ? "▼ " : "± "
        page.append("")
        page.append(
            StyledText(" \(sign)\(points) points", points < 0 ? .verdictWarning : .verdictGood)
                .appending(" since \(difference.since)", .dim))
    }

    private func line(_ title: String, _ share: Double, _ band: String) -> StyledText {
        let room = max(16, min(width, 96) - 26)
        var line = StyledText("   " + title.padded(to: room - 3))
        line.append(" \(Bar.percent(share))  ")
        return line.appending(band, .dim)
    }
}
