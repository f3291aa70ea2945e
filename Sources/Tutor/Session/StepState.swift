import Connection

/// How far a learner has come in one step.
struct StepState: Sendable {
    let step: LessonStep
    /// Judgements that count, by question.
    var judgements: [String: Judgement] = [:]
    /// The last answer to each question, right or not.
    var tries: [String: Judgement] = [:]
    var recalls: [String: RecallView] = [:]
    var passed: Set<String> = []
    var labs: [String: LabState] = [:]
    /// The number of the run, and its lab.
    var running: (run: Int, lab: String)?
    var hintLevel = 0
    /// When the next hint may come.
    var nextHint: Timestamp
    /// In their order, for undo.
    var answered: [String] = []

    struct LabState: Sendable {
        var state = LabView.State.idle
        var report: CheckReport?
        var measured: [String: Double] = [:]
        var notes: [String] = []
        var said: [String] = []
        var typed: [String] = []
        /// How many lines of the draft were sent or replaced.
        var drafted = 0
    }

    /// With what was done before.
    init(_ step: LessonStep, _ progress: LessonProgress, at now: Timestamp) {
        self.step = step
        nextHint = now
        for question in step.questions {
            guard let answer = progress.answers[question.id] else { continue }
            if case .recall(let ideas, _) = question.kind {
                recalls[question.id] = RecallView(text: answer, ticks: ideas.map { _ in false })
            }
            judgements[question.id] =
                (try? question.judge(answer)) ?? Judgement(isRight: true, answer: answer, remarks: [])
        }
        passed = progress.passed.intersection(step.labs.map(\.id))
    }

    /// Whether an item is done, so that what is below it is shown.
    func isDone(_ item: LessonItem) -> Bool {
        switch item {
        case .text, .bytes: true
        case .question(let question): judgements[question.id] != nil
        case .lab(let lab): passed.contains(lab.id)
        }
    }

    /// The first item that waits for the learner; nil where the step is done.
    var current: LessonItem? { step.items.first { !isDone($0) } }

    var isDone: Bool { current == nil }

    /// The lab that can be worked with: the one that waits, or, behind it, the last one above.
    var openLab: Lab? {
        if case .lab(let lab)? = current { return lab }
        let visible = step.items.prefix { isDone($0) }
        for item in visible.reversed() {
            if case .lab(let lab) = item { return lab }
        }
        return nil
    }

    var runningLab: Lab? { running.flatMap { running in step.labs.first { $0.id == running.lab } } }

    /// The line of the draft that is next.
    func offered(_ lab: Lab) -> String {
        let drafted = labs[lab.id]?.drafted ?? 0
        return drafted < lab.draft.count ? lab.draft[drafted] : ""
    }

    var answers: LabAnswers {
        var answers = LabAnswers()
        for (id, judgement) in judgements {
            answers.isRight[id] = judgement.isRight
            answers.figures[id] = Figure.parse(judgement.answer)
        }
        for question in step.questions {
            if case .measure(let number, _) = question.kind { answers.measures[question.id] = number }
        }
        return answers
    }
}
