/// What a learner has done in the lessons so far.
package struct LessonProgress: Hashable, Sendable {
    /// Steps that were finished.
    package var finished: Set<String> = []
    /// The answer to each question that was answered rightly, and to each prediction that was locked in.
    package var answers: [String: String] = [:]
    /// Labs whose checks have passed.
    package var passed: Set<String> = []
    /// The step that was open last.
    package var current: String?

    package init() {}

    /// Takes in what happened, in its order.
    package mutating func apply(_ record: LessonRecord) {
        switch record {
        case .opened(let step): current = step
        case .predicted(let id, let answer, _): answers[id] = answer
        case .answered(let id, let answer, let isRight, _): if isRight { answers[id] = answer }
        case .recalled(let id, let answer, _, _): answers[id] = answer
        case .passed(let lab): passed.insert(lab)
        case .finished(let step): finished.insert(step)
        case .hinted: break
        case .reset(_, let questions, let labs):
            for id in questions { answers[id] = nil }
            passed.subtract(labs)
        }
    }

    package init(_ records: some Sequence<LessonRecord>) {
        for record in records { apply(record) }
    }
}

/// Something that a learner did, to be kept at once.
package enum LessonRecord: Hashable, Sendable {
    case opened(step: String)
    case predicted(question: String, answer: String, isRight: Bool)
    /// - Parameter misconceptions: Those that the answer shows.
    case answered(question: String, answer: String, isRight: Bool, misconceptions: [String])
    /// - Parameters:
    ///   - ideas: How many ideas the learner found in the own text.
    ///   - of: How many there are.
    case recalled(question: String, answer: String, ideas: Int, of: Int)
    case passed(lab: String)
    case finished(step: String)
    /// - Parameter level: 1 to 3.
    case hinted(step: String, level: Int)
    /// A step was begun anew: its answers and labs do not count; that it was once finished stays.
    case reset(step: String, questions: [String], labs: [String])
}
