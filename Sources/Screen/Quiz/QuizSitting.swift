import Connection
import Tutor

/// A quiz, a review or an exam under way: the session, and the form of the question that is shown.
struct QuizSitting {
    private(set) var session: QuizSession
    private(set) var form: AnswerForm?
    /// The answer is complete, Enter was pressed, and the confidence is missing.
    private(set) var asksConfidence = false
    /// The question that the form belongs to.
    private var formKey = ""
    /// The first visible line; forced to where one types or chooses while `follows`.
    var scroll = 0
    private var follows = true
    /// Of one's own text, where it stands beside its ideas.
    var ownScroll = 0
    /// Lines of the page below what is in view, as it was drawn last.
    private(set) var below = 0
    /// Enter was pressed on the end.
    var isSummarySeen = false

    init(_ session: QuizSession) {
        self.session = session
        takeUp()
    }

    var view: QuizView { session.view }
    var isTyping: Bool { form?.isTyping ?? false }

    var question: QuizQuestion? {
        if case .asking(let question) = view.stage { question } else { nil }
    }

    var correction: QuizCorrection? {
        if case .corrected(let correction) = view.stage { correction } else { nil }
    }

    var summary: QuizSummary? {
        if case .finished(let summary) = view.stage { summary } else { nil }
    }

    /// Whether digits tell how sure one is.
    var takesConfidence: Bool {
        guard let form, let question, !form.isTyping, form.isComplete else { return false }
        switch question.input {
        case .essay, .ideas: return false
        case .truths, .options, .number, .hex, .order, .match, .fill: return true
        }
    }

    /// Tells the session what happened.
    /// - Returns: What is to be kept.
    mutating func tell(_ event: QuizEvent, at time: Timestamp) -> [QuizEffect] {
        let effects = session.handle(event, at: time)
        takeUp()
        return effects
    }

    /// A new question gets a new form; the same one what the session made of it.
    private mutating func takeUp() {
        guard let question else {
            (form, formKey, asksConfidence) = (nil, "", false)
            follows = false
            return
        }
        let isIdeas = if case .ideas = question.input { true } else { false }
        let key = "\(view.position) \(view.count) \(question.id) \(isIdeas)"
        guard key == formKey else {
            (form, formKey, asksConfidence) = (AnswerForm(question.input), key, false)
            (scroll, ownScroll, follows) = (0, 0, true)
            return
        }
        form?.take(question.input)
    }

    /// A key that belongs to the answer.
    /// - Returns: What is to be kept, and whether the key meant anything; nil: it meant nothing.
    mutating func answer(_ key: Key, at time: Timestamp) -> [QuizEffect]? {
        guard let before = form else { return nil }
        if takesConfidence, case .character(let digit) = key, let number = digit.wholeNumberValue,
            let confidence = Confidence(rawValue: number)
        {
            let effects = tell(.sure(confidence), at: time)
            return effects + tell(.submit, at: time)
        }
        var after = before
        let result = after.handle(key)
        form = after
        switch result {
        case .unused, .leave: return nil
        case .used:
            follows = true
            asksConfidence = false
            return after.events(since: before).flatMap { tell($0, at: time) }
        case .submit:
            let effects = after.events(since: before).flatMap { tell($0, at: time) }
            return effects + submit(at: time)
        }
    }

    private mutating func submit(at time: Timestamp) -> [QuizEffect] {
        form?.stopTyping()
        if let question, takesConfidence, question.confidence == nil {
            asksConfidence = true
            follows = false
            scroll = Int.max / 2
            return []
        }
        // An order that is right as it came is an answer, once it is handed in on purpose.
        if case .order = form?.shape { form?.takeOrder() }
        if form?.isComplete == false { form?.type() }
        return tell(.submit, at: time)
    }

    mutating func stopTyping() { form?.stopTyping() }

    mutating func scrollOwn(by count: Int) { ownScroll = max(0, ownScroll + count) }

    mutating func type() {
        form?.type()
        follows = true
    }

    mutating func scroll(by count: Int) {
        follows = false
        scroll = max(0, min(scroll, Int.max / 4) + count)
    }

    /// Draws the page that the stage asks for.
    mutating func draw(on canvas: inout Canvas, in area: Rect) {
        if case .ideas(let own, let model, let ideas)? = question?.input, var form {
            let suggested = ideas.indices.filter { ideas[$0].isSuggested && !ideas[$0].isTicked }
            let tick = TickPage(
                task: "Which of these did you say? Tick them one by one.", own: own, reveal: model,
                suggested: suggested)
            below = tick.draw(&form, on: &canvas, in: area, ownScroll: &ownScroll, scroll: &scroll)
            self.form = form
            return
        }
        let page = page(width: area.width)
        defer { below = page.scrollLimit(height: area.height) - scroll }
        scroll = follows ? page.scroll(scroll, height: area.height) : min(scroll, page.scrollLimit(height: area.height))
        page.draw(on: &canvas, in: area, scroll: scroll)
    }

    private mutating func page(width: Int) -> Page {
        switch view.stage {
        case .asking(let question):
            guard var form else { return Page() }
            defer { self.form = form }
            return QuestionPage(question: question, width: width, asksConfidence: asksConfidence).page(&form)
        case .corrected(let correction): return CorrectionPage(correction: correction, width: width).page
        case .finished(let summary): return SummaryPage(summary: summary, width: width).page
        }
    }
}
