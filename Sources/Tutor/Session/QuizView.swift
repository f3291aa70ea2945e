/// What a quiz shows now, and what can be done. A value without colours, keys or widths: the screen and the plain lines
/// are made of it.
package struct QuizView: Hashable, Sendable {
    package enum Stage: Hashable, Sendable {
        case asking(QuizQuestion)
        case corrected(QuizCorrection)
        case finished(QuizSummary)
    }

    /// The topic's title, "Review" and so on.
    package let title: String
    /// From 1; the number of the question among `count`.
    package let position: Int
    package let count: Int
    package let stage: Stage
    /// What can be done now, the most useful first.
    package let actions: [QuizAction]
    /// Something to tell once, such as what is missing; nil for nothing.
    package let note: String?
    /// In an exam, the answer sheet; empty otherwise.
    package let sheet: [QuizSheetRow]
}

/// Something that can be done now.
package enum QuizAction: Hashable, Sendable {
    case call, choose, type, fill, move, pair, tick, sure, submit, hint, skip, next, undo, lower, go, flag, finish

    /// In a word or two, for a line of keys.
    package var name: String {
        switch self {
        case .call: "true or false"
        case .choose: "choose"
        case .type, .fill: "type"
        case .move: "move"
        case .pair: "pair"
        case .tick: "tick"
        case .sure: "how sure"
        case .submit: "submit"
        case .hint: "hint"
        case .skip: "skip"
        case .next: "next"
        case .undo: "undo"
        case .lower: "lower the grade"
        case .go: "go to"
        case .flag: "flag"
        case .finish: "finish"
        }
    }
}

/// A question that waits for its answer.
package struct QuizQuestion: Hashable, Sendable {
    package let id: String
    /// Such as "true or false, each on its own".
    package let task: String
    package let question: String
    package let context: String?
    /// Hex pairs.
    package let bytes: String?
    package let input: QuizInput
    /// Nothing is missing but how sure the learner is.
    package let isAnswered: Bool
    /// nil until the learner has said how sure.
    package let confidence: Confidence?
    /// Those that were asked for.
    package let hints: [String]
    /// It was answered wrong in this sitting and has come back.
    package let isRepeated: Bool
}

/// What is to be filled in, with what is there already.
package enum QuizInput: Hashable, Sendable {
    package struct Truth: Hashable, Sendable {
        package let text: String
        package let truth: Bool?
    }

    package struct Option: Hashable, Sendable {
        package let text: String
        package let isChosen: Bool
    }

    package struct Blank: Hashable, Sendable {
        package let name: String
        package let text: String
    }

    package struct Idea: Hashable, Sendable {
        package let text: String
        package let isTicked: Bool
        /// One of its words is in the learner's text: a suggestion, no more.
        package let isSuggested: Bool
    }

    case truths([Truth])
    case options([Option], isMany: Bool)
    case number(String, unit: String)
    case hex(String)
    /// The steps as they are arranged now.
    case order([String])
    /// `chosen` holds for each left side a row of `rights`.
    case match(lefts: [String], rights: [String], chosen: [Int?])
    /// `text` has `{{name}}` where a gap is.
    case fill(text: String, blanks: [Blank])
    case essay(String)
    /// One's own text beside the ideas, to be ticked one by one.
    case ideas(own: String, model: String, [Idea])
}

/// What was right and what was wrong, in full.
package struct QuizCorrection: Hashable, Sendable {
    package enum Mark: Hashable, Sendable { case right, wrong, neither }

    package struct Row: Hashable, Sendable {
        package let mark: Mark
        package let text: String
        /// Such as "you said true, it is false"; empty where it adds nothing.
        package let verdict: String
        package let why: String
    }

    package struct Refuted: Hashable, Sendable {
        /// Such as "M04".
        package let id: String
        package let belief: String
        package let truth: String
    }

    package let id: String
    package let question: String
    package let context: String?
    package let bytes: String?
    package let isRight: Bool
    /// 0…1.
    package let score: Double
    /// In one line: "Right", "3 of 4".
    package let headline: String
    package let rows: [Row]
    package let explanation: String
    package let references: [String]
    package let lesson: Int?
    /// The beliefs that the answer showed.
    package let refuted: [Refuted]
    /// Sure and wrong: worth the whole screen, for it is what is learnt best.
    package let isHypercorrection: Bool
    /// It is asked again in this sitting.
    package let comesBack: Bool
    package let grade: Grade
    /// Days until it is due.
    package let days: Int
    /// Forgotten so often that the lesson helps more than another review.
    package let isLeech: Bool
}

/// A row of an exam's answer sheet.
package struct QuizSheetRow: Hashable, Sendable {
    package let isAnswered: Bool
    package let isFlagged: Bool
    package let isCurrent: Bool
}

/// A sitting that is over.
package struct QuizSummary: Hashable, Sendable {
    /// Questions answered, the repeated ones counted once by their first answer.
    package let answered: Int
    package let right: Int
    package let unanswered: Int
    /// Concepts of wrong answers, the most frequent first, with the lesson that mends them.
    package let weak: [Weak]
    /// In an exam, what was withheld: the correction of every answer.
    package let corrections: [QuizCorrection]
    /// What to do next, in a sentence.
    package let advice: String

    package struct Weak: Hashable, Sendable {
        package let concept: String
        package let name: String
        package let wrong: Int
        package let lesson: Int?
    }
}
