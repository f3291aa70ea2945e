/// What is to be answered, and the right answer.
package enum QuizBody: Hashable, Sendable {
    /// Statements, each true or false on its own.
    case trueFalse([QuizChoice])
    /// Exactly one right option.
    case single([QuizChoice])
    /// One right option: what comes next on the wire.
    case predict([QuizChoice])
    /// At least two right options, and a wrong one.
    case multiple([QuizChoice])
    case number(QuizNumber)
    case hex(QuizHex)
    /// The steps in the right order.
    case order([String])
    case match([QuizPair])
    case fill(QuizFill)
    case free(QuizEssay)

    /// As the files name it.
    package var kind: String {
        switch self {
        case .trueFalse: "multiple-true-false"
        case .single: "single"
        case .predict: "predict"
        case .multiple: "multiple"
        case .number: "number"
        case .hex: "hex"
        case .order: "order"
        case .match: "match"
        case .fill: "fill"
        case .free: "free"
        }
    }

    /// The statements or options; empty where there are none.
    package var choices: [QuizChoice] {
        switch self {
        case .trueFalse(let choices), .single(let choices), .predict(let choices), .multiple(let choices): choices
        case .number, .hex, .order, .match, .fill, .free: []
        }
    }

    /// Likely wrong answers that are typed.
    package var wrong: [QuizWrong] {
        switch self {
        case .number(let number): number.wrong
        case .hex(let hex): hex.wrong
        case .fill(let fill): fill.wrong
        case .trueFalse, .single, .predict, .multiple, .order, .match, .free: []
        }
    }
}

/// A statement or an option.
package struct QuizChoice: Hashable, Sendable {
    package let text: String
    package let isRight: Bool
    /// Why it is right, or why one would believe it and why it is wrong.
    package let why: String
    /// Such as "M04".
    package let misconception: String?

    package init(_ text: String, isRight: Bool, why: String, misconception: String? = nil) {
        self.text = text
        self.isRight = isRight
        self.why = why
        self.misconception = misconception
    }
}

/// An answer that is typed, likely and wrong.
package struct QuizWrong: Hashable, Sendable {
    package let answer: String
    package let why: String
    package let misconception: String?

    package init(_ answer: String, why: String, misconception: String? = nil) {
        self.answer = answer
        self.why = why
        self.misconception = misconception
    }
}

package struct QuizNumber: Hashable, Sendable {
    package let answer: Double
    package let unit: String
    /// The greatest difference that still counts as right.
    package let tolerance: Double
    package let wrong: [QuizWrong]

    package init(_ answer: Double, unit: String, tolerance: Double = 0, wrong: [QuizWrong]) {
        self.answer = answer
        self.unit = unit
        self.tolerance = tolerance
        self.wrong = wrong
    }
}

package struct QuizHex: Hashable, Sendable {
    package let answer: [UInt8]
    package let wrong: [QuizWrong]

    package init(_ answer: [UInt8], wrong: [QuizWrong]) {
        self.answer = answer
        self.wrong = wrong
    }
}

package struct QuizPair: Hashable, Sendable {
    package let left: String
    package let right: String
    package let why: String

    package init(left: String, right: String, why: String) {
        self.left = left
        self.right = right
        self.why = why
    }
}

/// A text with gaps.
package struct QuizFill: Hashable, Sendable {
    package struct Blank: Hashable, Sendable {
        package let name: String
        /// Without regard to case.
        package let accepted: [String]
    }

    /// With `{{name}}` where something is missing.
    package let text: String
    /// In the order of the text.
    package let blanks: [Blank]
    package let wrong: [QuizWrong]
}

/// An answer in one's own words, which the learner compares with idea units.
package struct QuizEssay: Hashable, Sendable {
    package struct Idea: Hashable, Sendable {
        package let id: String
        package let text: String
        /// Only highlighted, never scored.
        package let keywords: [String]

        package init(id: String, text: String, keywords: [String]) {
            self.id = id
            self.text = text
            self.keywords = keywords
        }
    }

    package let ideas: [Idea]
    package let model: String
}
