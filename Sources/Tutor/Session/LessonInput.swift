/// What happens to a lesson: a person types, or a lab reports.
package enum LessonInput: Hashable, Sendable {
    /// Enter, with this line at the prompt: an answer, or a line of a lab. A line such as `:hint` is the command.
    case typed(String)
    /// Starts the lab, or starts it anew.
    case run
    /// Plays the lab anew without the line typed last; takes back the answer given last.
    case undo
    /// Begins the step anew. That it was finished once stays.
    case reset
    case hint
    /// Leaves out the line that the lab's prompt offers.
    case skip
    case next
    case previous
    /// To a step, by its id, or by its number in this lesson.
    case jump(String)
    case search(String)
    /// Says that an idea of a recall is in the own text, or is not.
    case tick(Int)
    /// The ideas are ticked.
    case confirm
    case lab(LabReport)
}

/// What a lab that runs reports. `run` tells runs apart: reports of a run that is over are ignored.
package enum LabReport: Hashable, Sendable {
    /// Everything is up.
    /// - Parameter notes: What the learner has to know, such as an address, a line each.
    case started(run: Int, notes: [String])
    /// What the stage says, a line.
    case said(run: Int, String)
    /// The prompt offers the next line of the draft.
    case checked(run: Int, CheckReport, measured: [String: Double])
    /// It could not start, or something of it died.
    case failed(run: Int, String)
}

/// What a lesson asks of whoever runs it.
package enum LessonRequest: Hashable, Sendable {
    /// - Parameters:
    ///   - replay: Lines to type at once when it is up.
    ///   - answers: Of the step's questions: whether they were right, and their figures.
    case startLab(run: Int, Lab, replay: [String], answers: LabAnswers)
    case type(run: Int, String)
    case stopLab(run: Int)
    /// To be kept before anything else happens.
    case keep(LessonRecord)
    /// The learner wants to leave.
    case leave
}

/// What the learner has answered in the step of a lab.
package struct LabAnswers: Hashable, Sendable {
    package var isRight: [String: Bool] = [:]
    package var figures: [String: Double] = [:]
    /// What the lab is to measure, for questions behind it.
    package var measures: [String: NumberExpression] = [:]

    package init() {}
}
