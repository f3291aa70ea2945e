import Tutor

/// What is known question by question, what is weak and what mends it.
struct StandingPage {
    let report: ProgressReport
    let selected: StandingPlace.Entry?
    let width: Int

    /// Of what is weak, so many are told.
    static let weakCount = 8

    private var barWidth: Int { width >= 90 ? 20 : 10 }

    var page: Page {
        var page = Page()
        page.append(WordWrap.lines(StyledText(report.advice), width: min(width - 2, TextFlow.readableWidth)), indent: 1)
        if let warning = report.warning {
            page.append(WordWrap.lines(StyledText("! \(warning)", .verdictWarning), width: width - 2), indent: 1)
        }
        page.append("")
        page.append(heading("The ten questions", recallTitle))
        for question in report.questions { append(question, &page) }
        let weak = report.weak.prefix(StandingPage.weakCount)
        if !weak.isEmpty {
            page.append("")
            page.append(heading("Weak concepts", "Enter opens the lesson that mends it"))
            for concept in weak { append(concept, &page) }
        }
        let held = report.misconceptions.prefix(StandingPage.weakCount)
        if !held.isEmpty {
            page.append("")
            page.append(heading("Beliefs that your answers showed", ""))
            for misconception in held { append(misconception, &page) }
        }
        return page
    }

    private var recallTitle: String {
        report.interviewDate.map { "recall on \($0), the day of the interview" }
            ?? "recall today; d sets the day of the interview"
    }

    private func heading(_ title: String, _ remark: String) -> StyledText {
        StyledText(" \(title)", .current).appending("  \(remark)", .dim)
    }

    private func append(_ question: ProgressReport.Question, _ page: inout Page) {
        let isSelected = selected == .question(question)
        var line = mark(isSelected)
        line.append("\(question.number)".leftPadded(to: 2) + " ", .dim)
        let room = max(14, min(width, 110) - barWidth - 38)
        line.append(question.prompt.padded(to: room), isSelected ? .strong : .text)
        append(recall: question.recall, &line)
        line.append("  \(question.seen) of \(question.items)".padded(to: 12), .dim)
        if let band = question.band { line.append(band.clipped(to: max(0, width - line.width - 1)), .dim) }
        append(line, isSelected, &page)
    }

    private func append(_ concept: ProgressReport.Concept, _ page: inout Page) {
        let isSelected = selected == .concept(concept)
        var line = mark(isSelected)
        let room = max(17, min(width, 110) - barWidth - 35)
        line.append(concept.name.padded(to: room), isSelected ? .strong : .text)
        append(recall: concept.recall, &line)
        if concept.lapses > 0 { line.append("  forgotten \(concept.lapses)×", .dim) }
        if let lesson = concept.lesson { line.append("  lesson \(lesson)", .dim) }
        append(line, isSelected, &page)
    }

    private func append(_ misconception: ProgressReport.Misconception, _ page: inout Page) {
        let isSelected = selected == .misconception(misconception)
        var line = mark(isSelected)
        line.append("✗ ", .verdictBad)
        line.append(misconception.belief.clipped(to: max(8, width - line.width - 12)), isSelected ? .strong : .text)
        if let lesson = misconception.lesson { line.append("  lesson \(lesson)", .dim) }
        append(line, isSelected, &page)
        guard isSelected else { return }
        let truth = StyledText("In truth: ", .dim).appending(misconception.truth)
        page.append(WordWrap.lines(truth, width: min(width - 6, TextFlow.readableWidth)), indent: 4)
    }

    private func mark(_ isSelected: Bool) -> StyledText { StyledText(isSelected ? "▸ " : "  ", .strong) }

    private func append(recall: Double?, _ line: inout StyledText) {
        guard let recall else {
            line.append(" " + String(repeating: "·", count: barWidth) + "   –  ", .dim)
            return
        }
        let style: Style = recall >= 0.8 ? .verdictGood : recall >= 0.5 ? .verdictWarning : .verdictBad
        line.append(" ")
        line.append(Bar.text(recall, width: barWidth, style: style))
        line.append(" \(Bar.percent(recall))")
    }

    private func append(_ line: StyledText, _ isSelected: Bool, _ page: inout Page) {
        if isSelected { page.focus = page.count..<(page.count + 1) }
        page.append(line, ground: isSelected ? .selected : .plain)
    }
}

/// The figures as pictures: what falls due, what was done, how well.
struct StandingCharts {
    let report: ProgressReport
    let width: Int

    var lines: [StyledText] { forecast + [""] + heat + [""] + curve + [""] + concepts }

    /// A bar a day, the coming two weeks.
    private var forecast: [StyledText] {
        let highest = max(1, report.forecast.max() ?? 1)
        let title = StyledText(" Due in the next 14 days", .current)
        guard report.forecast.contains(where: { $0 > 0 }) else {
            return [title, StyledText("   nothing", .dim)]
        }
        var figures = StyledText("   ")
        var bars = StyledText("   ")
        for count in report.forecast {
            let share = Double(count) / Double(highest)
            let sign = count == 0 ? "·" : Sparkline.text([UInt32(count), UInt32(highest)]).prefix(1)
            bars.append(String(sign).leftPadded(to: 4), share > 0 ? .verdictGood : .dim)
            figures.append((count == 0 ? "" : "\(count)").leftPadded(to: 4), .dim)
        }
        let days = StyledText("     today" + String(repeating: " ", count: 38) + "in 13 days", .dim)
        return [title, bars, figures, days]
    }

    /// The last twelve weeks, a column each, a row a day of the week.
    private var heat: [StyledText] {
        let highest = max(1, report.heat.map(\.answers).max() ?? 1)
        let rows = (0..<7).map { day -> StyledText in
            let values = stride(from: day, to: report.heat.count, by: 7).map { index -> Double? in
                let answers = report.heat[index].answers
                return answers == 0 ? nil : Double(answers) / Double(highest)
            }
            return StyledText("   ") + HeatMap.line(values, style: .verdictGood)
        }
        let first = report.heat.first?.date ?? ""
        return [
            StyledText(" Answers, the last twelve weeks", .current).appending("  \(first) to \(report.today)", .dim)
        ] + rows + [StyledText("   · none, ░ to █: up to \(Figure.counted(highest, "answer")) a day", .dim)]
    }

    private var curve: [StyledText] {
        let title = StyledText(" Right answers, week by week", .current)
        guard report.weeks.contains(where: { $0 != nil }) else { return [title, StyledText("   none yet", .dim)] }
        return [title] + Curve(values: report.weeks, height: 5, columnWidth: 3).lines
    }

    /// Every concept with a shade, in columns.
    private var concepts: [StyledText] {
        let column = 26
        let perLine = max(1, (width - 2) / column)
        let count = report.concepts.count
        let height = (count + perLine - 1) / perLine
        let rows = (0..<height).map { row -> StyledText in
            var line = StyledText("  ")
            for index in stride(from: row, to: count, by: height) {
                let concept = report.concepts[index]
                line.append(" ")
                line.append(HeatMap.line([concept.recall], cell: 2))
                line.append(" " + concept.name.padded(to: column - 5) + " ", concept.recall == nil ? .dim : .text)
            }
            return line
        }
        return [StyledText(" Every concept", .current)] + rows + [StyledText("   ") + HeatMap.legend]
    }
}
