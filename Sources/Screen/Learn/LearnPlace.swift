import Connection
import Inspector
import Tutor
import Wire

/// The place Learn: the list of lessons, or a step of one beside the live ladder of its lab.
struct LearnPlace {
    enum Mode: Hashable {
        case lessons
        case step
        case hits
    }

    let host: any LessonHost
    var mode = Mode.lessons
    var session: LessonSession?
    var list = ListCursor()
    var hits = ListCursor()
    /// What a search has found.
    var foundHits: [SearchHit]?
    var ladder: LabLadder
    /// Whether the ladder is shown, where there is one.
    var showsLadder = true
    var isHelpOpen = false
    /// Of the question that waits, or of the lab's line.
    var form: AnswerForm?
    /// What the form belongs to.
    private var formKey = ""
    var prompt: Prompt?
    var notice: Notice?
    /// The first visible line of the step or the help.
    var scroll = 0
    /// Where one types or chooses is kept in view.
    var follows = false
    /// As it was drawn last.
    var layout = PageLayout(height: 24, width: 80)
    var page = Page()
    /// Lines of the page that are in view.
    var pageHeight = 20

    init(host: any LessonHost, log: Log, timeZone: Int = 0) {
        self.host = host
        ladder = LabLadder(log: log, timeZone: timeZone)
        let current = host.progress.current.flatMap { host.course.place(of: $0) }
        list = ListCursor(index: host.course.lessons.firstIndex { $0.number == current?.lesson.number } ?? 0)
    }

    var lessons: [Lesson] { host.course.lessons }
    var view: LessonView? { session?.view(at: host.now) }
    var isTyping: Bool { prompt != nil || (mode == .step && !isHelpOpen && form?.isTyping == true) }

    // MARK: - Opening

    /// Opens a lesson where one stopped in it.
    /// - Parameter step: Or at this step.
    mutating func open(lesson number: Int?, step: String? = nil) {
        close()
        guard var opened = LessonSession(host.course, lesson: number, progress: host.progress, at: host.now) else {
            let known = lessons.first.map { "\($0.number) to \(lessons.last?.number ?? $0.number)" } ?? "none"
            notice = .warning("there is no lesson \(number ?? 0); there are \(known)")
            return
        }
        let requests = opened.begin()
        session = opened
        mode = .step
        perform(requests)
        if let step { tell(.jump(step)) }
        takeUp()
    }

    /// Back to the list; a lab that runs is stopped.
    mutating func close() {
        if var open = session {
            perform(open.end())
            let number = open.lesson.number
            list = ListCursor(index: lessons.firstIndex { $0.number == number } ?? 0)
        }
        session = nil
        mode = .lessons
        (form, formKey, scroll) = (nil, "", 0)
    }

    // MARK: - The session

    mutating func tell(_ input: LessonInput) {
        guard var open = session else { return }
        let requests = open.receive(input, at: host.now)
        session = open
        perform(requests)
        takeUp()
    }

    private mutating func perform(_ requests: [LessonRequest]) {
        for request in requests {
            if case .leave = request {
                close()
                return
            }
            if let fault = host.perform(request) { notice = .warning(fault) }
        }
    }

    /// Follows what the session has become: another step begins at its top, another question gets another form.
    mutating func takeUp() {
        guard let view else { return }
        let key = LearnPlace.key(view)
        guard key != formKey else {
            if case .tick = view.prompt { takeTicks(view) }
            return
        }
        let isNewStep = !formKey.hasPrefix(view.stepID + "\n")
        formKey = key
        form = makeForm(view)
        if isNewStep {
            (scroll, follows) = (0, false)
        } else if view.isDone {
            // It stops and waits, with what was learnt in view.
            form?.stopTyping()
            (scroll, follows) = (Int.max / 2, false)
        } else {
            follows = true
        }
    }

    private static func key(_ view: LessonView) -> String {
        let pending: String =
            switch view.prompt {
            case .none: "none"
            case .answer: "answer " + (view.pendingQuestion?.question.id ?? "")
            case .tick: "tick " + (view.pendingQuestion?.question.id ?? "")
            case .lab(_, let offered): "lab " + offered + " \(view.lab?.typed.count ?? 0)"
            }
        return view.stepID + "\n" + pending + " \(view.rows.count)"
    }

    private func makeForm(_ view: LessonView) -> AnswerForm? {
        switch view.prompt {
        case .none: return nil
        case .answer: return view.pendingQuestion.map { AnswerForm($0.question) }
        case .tick:
            guard case .recall(let ideas, _)? = view.pendingQuestion?.question.kind else { return nil }
            var form = AnswerForm(.ideas(ideas))
            form.picks = view.ticked
            return form
        case .lab(_, let offered):
            var form = AnswerForm(.line(unit: nil))
            form.inputs[0] = TextInput(.line, text: offered)
            return form
        }
    }

    private mutating func takeTicks(_ view: LessonView) { form?.picks = view.ticked }

    /// Shows what a lab reports.
    mutating func receive(_ report: LabReport) {
        tell(.lab(report))
    }
}

extension LessonView {
    /// The question that waits for its answer.
    var pendingQuestion: QuestionView? {
        rows.lazy.compactMap { row in
            if case .question(let question) = row, !question.isDone { question } else { nil }
        }.first
    }

    /// The last lab that is shown.
    var lab: LabView? {
        rows.last { if case .lab = $0 { true } else { false } }.flatMap { row in
            if case .lab(let lab) = row { lab } else { nil }
        }
    }

    /// Ideas of the recall that are ticked.
    var ticked: Set<Int> {
        guard let ticks = pendingQuestion?.recall?.ticks else { return [] }
        return Set(ticks.indices.filter { ticks[$0] })
    }

    /// Nothing is left to do in the step.
    var isDone: Bool {
        if case .learned? = rows.last { true } else { false }
    }
}
