import Tutor

/// A question that waits for its answer: what is shown of it, then the form.
struct QuestionPage {
    let question: QuizQuestion
    let width: Int
    /// The answer is complete, and only the confidence is missing.
    let asksConfidence: Bool

    private var flow: TextFlow { TextFlow(width: width - 2) }

    func page(_ form: inout AnswerForm) -> Page {
        var page = Page()
        if question.isRepeated { page.append(StyledText(" once more: it was not right before", .verdictWarning)) }
        page.append(MatterLines.lines(question.context, question.bytes, width: width))
        page.append(WordWrap.lines(InlineMark.text(question.question, .strong), width: flow.width), indent: 1)
        page.append("")
        form.append(to: &page, width: width, isActive: true)
        for hint in question.hints {
            page.gap()
            page.append(WordWrap.lines(StyledText("Hint: ", .key).appending(hint), width: flow.width), indent: 1)
        }
        if form.isComplete, !form.isTyping, form.shape != .text {
            page.append("")
            page.append(confidence)
        }
        return page
    }

    /// "how sure?   1 guess   2 think   3 sure"
    private var confidence: StyledText {
        var line = StyledText(" how sure?", asksConfidence ? .strong : .dim)
        for confidence in Confidence.allCases {
            let isChosen = question.confidence == confidence
            line.append("   ")
            line.append("\(confidence.rawValue)", .key)
            line.append(" \(confidence.name)", isChosen ? .current : asksConfidence ? .text : .dim)
        }
        return line
    }
}

/// What is shown above a question: a request, code, bytes.
enum MatterLines {
    static func lines(_ context: String?, _ bytes: String?, width: Int) -> [StyledText] {
        let blocks = [context.map { TextBlock.code(language: "", $0) }, bytes.map { .code(language: "", $0) }]
        let lines = TextFlow(width: width - 2).lines(blocks.compactMap(\.self))
        return lines.isEmpty ? [] : lines.map { StyledText(" ") + $0 } + [""]
    }
}
