import Foundation

/// What was right in an answer, part by part.
package struct Marking: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        /// The statement, option, step, left side, gap or idea.
        package let text: String
        /// What was answered; empty where there was nothing to say.
        package let given: String
        /// What would have been right.
        package let expected: String
        package let isRight: Bool
        package let why: String
    }

    /// In the item's own order.
    package let parts: [Part]
    /// The share that was right, 0…1.
    package let score: Double
    package let isRight: Bool
    /// Of a likely wrong answer that was typed.
    package let why: String?
    package let beliefs: [AnswerRecord.Belief]

    package static func mark(_ answer: QuizAnswer, of item: QuizItem) -> Marking {
        switch (item.body, answer) {
        case (.trueFalse(let choices), .truths(let truths)): truthMarks(choices, truths)
        case (.single(let choices), .choices(let chosen)), (.predict(let choices), .choices(let chosen)),
            (.multiple(let choices), .choices(let chosen)):
            choiceMarks(choices, chosen, isMany: item.body.kind == "multiple")
        case (.number(let number), .text(let text)): numberMarks(number, text)
        case (.hex(let hex), .text(let text)): hexMarks(hex, text)
        case (.order(let steps), .order(let order)): orderMarks(steps, order)
        case (.match(let pairs), .pairs(let chosen)): pairMarks(pairs, chosen)
        case (.fill(let fill), .blanks(let given)): blankMarks(fill, given)
        case (.free(let essay), .essay(_, let ideas)): ideaMarks(essay, ideas)
        default: preconditionFailure("an answer belongs to its kind of item")
        }
    }

    private init(_ parts: [Part], why: String? = nil, beliefs: [AnswerRecord.Belief] = [], passing: Double = 1) {
        self.parts = parts
        score = parts.isEmpty ? 0 : Double(parts.count(where: \.isRight)) / Double(parts.count)
        isRight = score >= passing
        self.why = why
        self.beliefs = beliefs
    }
}

/// Choices.
extension Marking {
    private static func truthMarks(_ choices: [QuizChoice], _ truths: [Bool?]) -> Marking {
        var parts: [Part] = []
        var beliefs: [AnswerRecord.Belief] = []
        for (choice, truth) in zip(choices, truths) {
            let isRight = truth == choice.isRight
            parts.append(
                Part(
                    text: choice.text, given: truth.map(word) ?? "", expected: word(choice.isRight), isRight: isRight,
                    why: choice.why))
            beliefs += belief(choice.misconception, isHeld: !isRight)
        }
        return Marking(parts, beliefs: beliefs)
    }

    private static func word(_ truth: Bool) -> String { truth ? "true" : "false" }

    private static func choiceMarks(_ choices: [QuizChoice], _ chosen: Set<Int>, isMany: Bool) -> Marking {
        var parts: [Part] = []
        var beliefs: [AnswerRecord.Belief] = []
        for (index, choice) in choices.enumerated() {
            let isChosen = chosen.contains(index)
            parts.append(
                Part(
                    text: choice.text, given: isChosen ? "chosen" : "", expected: choice.isRight ? "right" : "wrong",
                    isRight: isChosen == choice.isRight, why: choice.why))
            beliefs += belief(choice.misconception, isHeld: isChosen && !choice.isRight)
        }
        let marking = Marking(parts, beliefs: beliefs)
        return isMany ? marking : Marking(single: marking)
    }

    /// Of one right option among several there is no half.
    private init(single marking: Marking) {
        parts = marking.parts
        isRight = marking.isRight
        score = marking.isRight ? 1 : 0
        why = nil
        beliefs = marking.beliefs
    }

    private static func belief(_ misconception: String?, isHeld: Bool) -> [AnswerRecord.Belief] {
        misconception.map { [AnswerRecord.Belief(misconception: $0, isHeld: isHeld)] } ?? []
    }
}

/// What is typed.
extension Marking {
    private static func numberMarks(_ number: QuizNumber, _ text: String) -> Marking {
        let given = NumberText.parse(text)
        // Neither a decimal fraction nor a large product is exact in binary.
        let slack = max(number.tolerance, abs(number.answer) * 1e-9)
        let isRight = given.map { abs($0 - number.answer) <= slack } ?? false
        let expected = NumberText.write(number.answer) + (number.unit.isEmpty ? "" : " \(number.unit)")
        return typed(text, expected: expected, isRight: isRight, number.wrong) { wrong in
            given != nil && NumberText.parse(wrong) == given
        }
    }

    private static func hexMarks(_ hex: QuizHex, _ text: String) -> Marking {
        let given = HexText.parse(text)
        return typed(text, expected: HexText.write(hex.answer), isRight: given == hex.answer, hex.wrong) { wrong in
            given != nil && HexText.parse(wrong) == given
        }
    }

    private static func typed(
        _ text: String, expected: String, isRight: Bool, _ wrong: [QuizWrong], _ matches: (String) -> Bool
    ) -> Marking {
        let hit = isRight ? nil : wrong.first { matches($0.answer) }
        let part = Part(text: "", given: text, expected: expected, isRight: isRight, why: hit?.why ?? "")
        return Marking([part], why: hit?.why, beliefs: beliefs(wrong, hit: hit, isRight: isRight))
    }

    /// A right answer refutes what the likely wrong ones show.
    private static func beliefs(_ wrong: [QuizWrong], hit: QuizWrong?, isRight: Bool) -> [AnswerRecord.Belief] {
        if isRight { return wrong.flatMap { belief($0.misconception, isHeld: false) } }
        return belief(hit?.misconception, isHeld: true)
    }

    private static func blankMarks(_ fill: QuizFill, _ given: [String]) -> Marking {
        let parts = zip(fill.blanks, given).map { blank, text in
            let wanted = blank.accepted.map(normal)
            let isRight = wanted.contains(normal(text))
            return Part(
                text: blank.name, given: text, expected: blank.accepted.first ?? "", isRight: isRight,
                why: isRight ? "" : fill.wrong.first { normal($0.answer) == normal(text) }?.why ?? "")
        }
        let wrong = parts.filter { !$0.isRight }
        let hit = fill.wrong.first { entry in wrong.contains { normal($0.given) == normal(entry.answer) } }
        return Marking(parts, why: hit?.why, beliefs: beliefs(fill.wrong, hit: hit, isRight: wrong.isEmpty))
    }

    /// Without regard to case and blanks around.
    private static func normal(_ text: String) -> String {
        text.trimmingCharacters(in: .whitespaces).lowercased()
    }
}

/// Order, pairs, ideas.
extension Marking {
    private static func orderMarks(_ steps: [String], _ order: [Int]) -> Marking {
        Marking(
            zip(steps.indices, order).map { wanted, given in
                Part(
                    text: "\(wanted + 1).", given: steps[given], expected: steps[wanted], isRight: wanted == given,
                    why: "")
            })
    }

    private static func pairMarks(_ pairs: [QuizPair], _ chosen: [Int?]) -> Marking {
        Marking(
            zip(pairs.indices, chosen).map { index, choice in
                Part(
                    text: pairs[index].left, given: choice.map { pairs[$0].right } ?? "", expected: pairs[index].right,
                    isRight: choice == index, why: pairs[index].why)
            })
    }

    private static func ideaMarks(_ essay: QuizEssay, _ ideas: Set<Int>) -> Marking {
        Marking(
            essay.ideas.enumerated().map { index, idea in
                let isThere = ideas.contains(index)
                return Part(
                    text: idea.text, given: isThere ? "said" : "", expected: "said", isRight: isThere, why: "")
            }, passing: 0.5)
    }
}
