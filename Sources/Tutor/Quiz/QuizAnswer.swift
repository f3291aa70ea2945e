/// An answer to an item, complete or not. Numbers count the item's own statements, options, steps and pairs.
package enum QuizAnswer: Hashable, Sendable {
    /// For each statement what it was called; nil where nothing yet.
    case truths([Bool?])
    case choices(Set<Int>)
    /// A number or bytes, as typed.
    case text(String)
    /// The steps in the order they were put into.
    case order([Int])
    /// For each left side the right one; nil where none yet.
    case pairs([Int?])
    /// For each gap what was typed.
    case blanks([String])
    /// The text, and the ideas that the learner found in it.
    case essay(String, ideas: Set<Int>)

    /// One to which nothing was done yet.
    package static func empty(for body: QuizBody) -> QuizAnswer {
        switch body {
        case .trueFalse(let choices): .truths(Array(repeating: nil, count: choices.count))
        case .single, .predict, .multiple: .choices([])
        case .number, .hex: .text("")
        case .order(let steps): .order(Array(steps.indices))
        case .match(let pairs): .pairs(Array(repeating: nil, count: pairs.count))
        case .fill(let fill): .blanks(Array(repeating: "", count: fill.blanks.count))
        case .free: .essay("", ideas: [])
        }
    }

    /// What is missing before it can be submitted, for a person; nil where nothing is.
    package func missing(for body: QuizBody) -> String? {
        switch self {
        case .truths(let truths): truths.contains(nil) ? "Call each statement true or false." : nil
        case .choices(let choices):
            if choices.isEmpty { "Choose an option." } else { nil }
        case .text(let text):
            if text.allSatisfy(\.isWhitespace) {
                "Type an answer."
            } else if case .number = body, NumberText.parse(text) == nil {
                "This is no number. Type one such as 14 or 2.5."
            } else if case .hex = body, HexText.parse(text) == nil {
                "These are no bytes. Type pairs of hex digits such as 48 65 6c."
            } else {
                nil
            }
        case .order: nil
        case .pairs(let pairs): pairs.contains(nil) ? "Give each one on the left a partner." : nil
        case .blanks(let blanks):
            blanks.contains { $0.allSatisfy(\.isWhitespace) } ? "Fill every gap." : nil
        case .essay(let text, _):
            text.allSatisfy(\.isWhitespace) ? "Write an answer in your own words first." : nil
        }
    }

    /// As it is kept in the log.
    package func text(for body: QuizBody) -> String {
        switch self {
        case .truths(let truths): truths.map { $0.map { $0 ? "T" : "F" } ?? "-" }.joined()
        case .choices(let chosen): chosen.sorted().map { body.choices[$0].text }.joined(separator: " | ")
        case .text(let text): text
        case .order(let order): order.map { String($0 + 1) }.joined(separator: " ")
        case .pairs(let pairs): pairs.map { $0.map { String($0 + 1) } ?? "-" }.joined(separator: " ")
        case .blanks(let blanks): blanks.joined(separator: " | ")
        case .essay(let text, let ideas): "[\(ideas.sorted().map { String($0 + 1) }.joined(separator: " "))] \(text)"
        }
    }
}
