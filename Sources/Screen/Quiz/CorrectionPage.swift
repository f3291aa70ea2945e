import Tutor

/// What was right and what was wrong, each row with its reason; then the whole of it.
struct CorrectionPage {
    let correction: QuizCorrection
    let width: Int

    private var textWidth: Int { min(width - 2, TextFlow.readableWidth) }

    var page: Page {
        var page = Page()
        page.append(headline)
        if correction.isHypercorrection {
            page.append(
                WordWrap.lines(
                    StyledText("You were sure, so this one is worth reading twice: it is what sticks best.", .strong),
                    width: textWidth), indent: 1)
        }
        page.append("")
        page.append(MatterLines.lines(correction.context, correction.bytes, width: width))
        page.append(WordWrap.lines(InlineMark.text(correction.question, .strong), width: textWidth), indent: 1)
        page.append("")
        for row in correction.rows { append(row, &page) }
        for refuted in correction.refuted { append(refuted, &page) }
        page.gap()
        page.append(WordWrap.lines(InlineMark.text(correction.explanation), width: textWidth), indent: 1)
        page.append("")
        page.append(sources)
        page.append(next)
        return page
    }

    private var headline: StyledText {
        let isRight = correction.isRight
        return StyledText(isRight ? " ✓ " : " ✗ ", isRight ? .verdictGood : .verdictBad)
            .appending(correction.headline, .strong)
    }

    private func append(_ row: QuizCorrection.Row, _ page: inout Page) {
        let (sign, style): (String, Style) =
            switch row.mark {
            case .right: ("✓ ", .verdictGood)
            case .wrong: ("✗ ", .verdictBad)
            case .neither: ("· ", .dim)
            }
        var text = InlineMark.text(row.text, row.mark == .neither ? .dim : .text)
        if !row.verdict.isEmpty { text.append("  \(row.verdict)", row.mark == .wrong ? .verdictBad : .dim) }
        for (index, line) in WordWrap.lines(text, width: textWidth - 2).enumerated() {
            page.append(StyledText(index == 0 ? " \(sign)" : "   ", style) + line)
        }
        guard !row.why.isEmpty else { return }
        page.append(WordWrap.lines(InlineMark.text(row.why, .dim), width: textWidth - 4), indent: 5)
    }

    private func append(_ refuted: QuizCorrection.Refuted, _ page: inout Page) {
        page.gap()
        let text = StyledText("Many believe: ", .dim).appending(refuted.belief)
        page.append(WordWrap.lines(text, width: textWidth), indent: 1)
        let truth = StyledText("In truth: ", .dim).appending(refuted.truth)
        page.append(WordWrap.lines(truth, width: textWidth), indent: 1)
    }

    private var sources: [StyledText] {
        var words = correction.references.map(\.withoutMainRFC)
        if let lesson = correction.lesson { words.append("lesson \(lesson)") }
        return WordWrap.lines(StyledText(words.joined(separator: " · "), .dim), width: textWidth).map {
            StyledText(" ") + $0
        }
    }

    /// When it is asked again.
    private var next: [StyledText] {
        let when =
            correction.comesBack
            ? "It comes back in this sitting"
            : correction.days == 0
                ? "It comes back today"
                : correction.days == 1 ? "It comes back tomorrow" : "It comes back in \(correction.days) days"
        let leech = correction.isLeech && correction.lesson != nil ? " The lesson helps more than another review." : ""
        return WordWrap.lines(StyledText("\(when), graded \(correction.grade.name).\(leech)", .dim), width: textWidth)
            .map { StyledText(" ") + $0 }
    }
}
