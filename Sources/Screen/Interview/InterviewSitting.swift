import Connection
import Tutor

/// An interview under way: the session, and the form of the stage that is shown.
struct InterviewSitting {
    private(set) var session: InterviewSession
    private(set) var form: AnswerForm?
    private var formKey = ""
    var scroll = 0
    /// Of one's own text, where it stands beside the rubric.
    var ownScroll = 0
    private var follows = true
    /// Lines of the page below what is in view, as it was drawn last.
    private(set) var below = 0

    init(_ session: InterviewSession) {
        self.session = session
        takeUp()
    }

    var view: InterviewView { session.view }
    var isTyping: Bool { form?.isTyping ?? false }
    var report: InterviewReport? { if case .finished(let report) = view.stage { report } else { nil } }
    var takesMark: Bool { view.actions.contains(.mark) }

    /// Tells the session what happened.
    /// - Returns: What is to be kept.
    mutating func tell(_ event: InterviewEvent, at time: Timestamp) -> [InterviewEffect] {
        let effects = session.handle(event, at: time)
        takeUp()
        return effects
    }

    private mutating func takeUp() {
        let view = view
        let key = "\(view.position) \(InterviewSitting.name(view.stage))"
        guard key != formKey else {
            form?.take(view.stage)
            return
        }
        form = AnswerForm(view.stage)
        (formKey, scroll, ownScroll, follows) = (key, 0, 0, form != nil)
    }

    /// What makes two stages different from each other; the text that is typed does not.
    private static func name(_ stage: InterviewView.Stage) -> String {
        switch stage {
        case .intro: "intro"
        case .think(let prompt, _): "think " + prompt
        case .answer(let prompt, _, _): "answer " + prompt
        case .tick(let task, _, _, _): "tick " + task
        case .followUp(let prompt, _): "follow-up " + prompt
        case .compare(let prompt, _, _, _): "compare " + prompt
        case .verdict: "verdict"
        case .order: "order"
        case .cut: "cut"
        case .summary: "summary"
        case .drillResult(let title, _, _): "result " + title
        case .finished: "finished"
        }
    }

    /// A key that belongs to the answer.
    /// - Returns: What is to be kept; nil: the key meant nothing.
    mutating func answer(_ key: Key, at time: Timestamp) -> [InterviewEffect]? {
        if takesMark, let mark = InterviewSitting.marks[key] { return tell(.mark(mark), at: time) }
        guard let before = form else { return nil }
        var after = before
        let result = after.handle(key)
        form = after
        switch result {
        case .unused, .leave: return nil
        case .used:
            follows = true
            return after.interviewEvents(since: before).flatMap { tell($0, at: time) }
        case .submit:
            return after.interviewEvents(since: before).flatMap { tell($0, at: time) } + tell(.next, at: time)
        }
    }

    mutating func scrollOwn(by count: Int) { ownScroll = max(0, ownScroll + count) }

    mutating func type() {
        form?.type()
        follows = true
    }

    static let marks: [Key: InterviewState.Mark] = [
        .character("1"): .yes, .character("2"): .partly, .character("3"): .no,
    ]

    mutating func scroll(by count: Int) {
        follows = false
        scroll = max(0, min(scroll, Int.max / 4) + count)
    }

    mutating func draw(on canvas: inout Canvas, in area: Rect) {
        if case .tick(let task, let own, let rows, let reveal) = view.stage, var form {
            let suggested = rows.indices.filter { rows[$0].isSuggested && !rows[$0].isTicked }
            let page = TickPage(task: task, own: own, reveal: reveal, suggested: suggested)
            below = page.draw(&form, on: &canvas, in: area, ownScroll: &ownScroll, scroll: &scroll)
            self.form = form
            return
        }
        var form = form
        let page = InterviewPage(stage: view.stage, width: area.width).page(&form)
        self.form = form
        scroll = follows ? page.scroll(scroll, height: area.height) : min(scroll, page.scrollLimit(height: area.height))
        page.draw(on: &canvas, in: area, scroll: scroll)
        below = page.scrollLimit(height: area.height) - scroll
    }

    /// "0:42 of 1:30": informs and never cuts off.
    func timer(now: Timestamp) -> StyledText {
        guard let timer = view.timer else { return StyledText() }
        let passed = max(0, now.since(timer.began)) / 1_000_000_000
        let limit = Int64(timer.seconds)
        let text = "\(Figure.age(passed * 1_000_000_000)) of \(Figure.age(limit * 1_000_000_000))"
        guard passed > limit else { return StyledText(text, .text) }
        return StyledText(text + ", take your time", .verdictWarning)
    }
}
