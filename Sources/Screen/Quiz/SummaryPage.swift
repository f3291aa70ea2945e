import Tutor

/// A sitting that is over: how it went, what was weak, what to do next; of an exam every correction.
struct SummaryPage {
    let summary: QuizSummary
    let width: Int

    var page: Page {
        var page = Page()
        let share = summary.answered == 0 ? 0 : Double(summary.right) / Double(summary.answered)
        var line = StyledText(" \(summary.right) of \(summary.answered) right", .strong).appending("   ")
        line.append(Bar.text(share, width: min(30, max(8, width - 40)), style: .verdictGood))
        line.append(" \(Bar.percent(share))")
        page.append(line)
        if summary.unanswered > 0 {
            page.append(StyledText(" \(Figure.counted(summary.unanswered, "question")) not answered", .dim))
        }
        page.append("")
        if !summary.weak.isEmpty {
            page.append(StyledText(" What was hard", .current))
            for weak in summary.weak { page.append(row(weak)) }
            page.append("")
        }
        page.append(
            WordWrap.lines(InlineMark.text(summary.advice), width: min(width - 2, TextFlow.readableWidth)), indent: 1)
        for (index, correction) in summary.corrections.enumerated() {
            page.append("")
            page.append(StyledText(" ── \(index + 1) of \(summary.corrections.count) ──", .dim))
            for line in CorrectionPage(correction: correction, width: width).page.lines { page.append(line.text) }
        }
        return page
    }

    private func row(_ weak: QuizSummary.Weak) -> StyledText {
        var line = StyledText("   \(weak.name)".padded(to: min(44, max(20, width - 30))))
        line.append("  \(weak.wrong) wrong", .dim)
        if let lesson = weak.lesson { line.append("   lesson \(lesson) mends it", .dim) }
        return line
    }
}
