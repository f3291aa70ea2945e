/// Something that a learner is asked.
package struct Question: Hashable, Sendable {
    package enum Role: Hashable, Sendable {
        /// Before a lab; the answer is locked in and not blamed.
        case predict
        /// Answered until it is right.
        case question
        /// Free recall: judged by the learner.
        case recall
    }

    package enum Kind: Hashable, Sendable {
        case options([Option])
        case statements([Statement])
        /// The steps in their right order.
        case order([String])
        case number(Double, unit: String, tolerance: Double)
        /// What the lab of this step measured.
        /// - Parameter tolerance: As a part of the measured value, such as 0.2.
        case measure(NumberExpression, tolerance: Double)
        case hex([UInt8])
        case words([String])
        case recall(ideas: [String], model: String)
    }

    package struct Option: Hashable, Sendable {
        package let text: String
        package let isRight: Bool
        package let why: String
        package let misconception: String?
    }

    package struct Statement: Hashable, Sendable {
        package let text: String
        package let isTrue: Bool
        package let why: String
        package let misconception: String?
    }

    /// A likely wrong answer, and what to say to it.
    package struct Wrong: Hashable, Sendable {
        package let answer: String
        package let why: String
        package let misconception: String?
    }

    package let id: String
    package let role: Role
    package let ask: String
    package let kind: Kind
    package let wrong: [Wrong]
    /// Shown after the right answer; may be empty.
    package let explain: String
    package let line: Int
}

extension Question {
    /// What to type, in a few words.
    package var howToAnswer: String {
        switch kind {
        case .options(let options):
            let last = Question.letter(options.count - 1)
            return options.count(where: \.isRight) > 1
                ? "the letters of all that are right, such as ab" : "a letter, a to \(last)"
        case .statements(let statements):
            return "t or f for each of the \(statements.count), such as "
                + String(repeating: "tf", count: (statements.count + 1) / 2).prefix(statements.count)
        case .order(let steps): return "the \(steps.count) letters in the right order"
        case .number(_, let unit, _): return unit.isEmpty ? "a number" : "a number of \(unit)"
        case .measure: return "a number"
        case .hex: return "bytes in hexadecimal"
        case .words: return "a word"
        case .recall: return "your own words; a line is enough"
        }
    }

    /// What is shown to choose from: options, statements, or the steps to put in order, shuffled in a way that is the
    /// same each time.
    package var choices: [String] {
        switch kind {
        case .options(let options): options.map(\.text)
        case .statements(let statements): statements.map(\.text)
        case .order(let steps): shuffled(steps.count).map { steps[$0] }
        case .number, .measure, .hex, .words, .recall: []
        }
    }

    /// For each place that is shown, the number of the step there. Never the right order.
    func shuffled(_ count: Int) -> [Int] {
        var state = id.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        var places = Array(0..<count)
        for index in stride(from: count - 1, to: 0, by: -1) {
            state = state &* 1_664_525 &+ 1_013_904_223
            places.swapAt(index, Int(state >> 16) % (index + 1))
        }
        if count > 1, places == Array(0..<count) { places.swapAt(0, 1) }
        return places
    }

    package static func letter(_ index: Int) -> String {
        String(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(max(index, 0), 25))))
    }
}
