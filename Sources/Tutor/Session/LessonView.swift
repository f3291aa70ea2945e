/// What a lesson shows now, for a screen or a printer to draw.
package struct LessonView: Hashable, Sendable {
    package let lesson: Int
    package let lessonTitle: String
    /// From 1.
    package let step: Int
    package let stepCount: Int
    package let stepID: String
    package let stepTitle: String
    /// It was finished once, now or before.
    package let isFinished: Bool
    /// Nothing of it is left to do now.
    package let isStepDone: Bool
    /// What can be read, from top to bottom. Grows at its end while the step goes on, until it begins anew.
    package let rows: [LessonRow]
    package let prompt: LessonPrompt
    /// What makes sense to do now, the most likely first.
    package let actions: [LessonAction]
    /// What came of the last thing done; a line or two.
    package let notice: String?
    /// What a search has found; nil where nobody searched.
    package let hits: [SearchHit]?
    /// Where the failed check points; nil where none does.
    package let pointer: CheckResult.Pointer?
}

/// One thing of a step.
package enum LessonRow: Hashable, Sendable {
    case text(TextBlock)
    case bytes(BytesExample)
    case question(QuestionView)
    case lab(LabView)
    case hint(String)
    /// The step is done: what was learnt, in a line.
    case learned(String)
}

package struct QuestionView: Hashable, Sendable {
    package let question: Question
    /// The answer that counts or was given last; nil where there is none.
    package let judgement: Judgement?
    /// Nothing more is to be done with it.
    package let isDone: Bool
    /// Of a recall: the own text and which ideas are ticked; nil before there is a text.
    package let recall: RecallView?
    /// Of a prediction: whether to say if it was right, because the lab has shown it.
    package let isRevealed: Bool
}

package struct RecallView: Hashable, Sendable {
    package let text: String
    package let ticks: [Bool]
}

package struct LabView: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        /// Not started.
        case idle
        case starting
        case running
        /// Could not start, or died: why.
        case failed(String)
    }

    package let lab: Lab
    package let state: State
    package let isPassed: Bool
    /// How the checks stand; nil before anything was seen.
    package let report: CheckReport?
    /// Addresses and the like.
    package let notes: [String]
    /// What the stage has said, the newest last.
    package let said: [String]
    /// What was typed into it.
    package let typed: [String]
}

/// What the line at the bottom is for.
package enum LessonPrompt: Hashable, Sendable {
    /// Nothing is to be typed.
    case none
    /// - Parameter how: What to type, in a few words.
    case answer(how: String)
    /// The ideas of a recall wait to be ticked.
    case tick
    /// - Parameter offered: What Enter sends as it stands; empty where there is nothing to offer.
    case lab(hand: String?, offered: String)
}

/// Something that can be done now.
package enum LessonAction: Hashable, Sendable {
    case answer, tick, run, rerun, type
    /// Leaves out the line that is offered.
    case skip
    /// - Parameter seconds: How long to wait for it; 0 for not at all.
    case hint(seconds: Int)
    case undo, reset, next, previous
}
