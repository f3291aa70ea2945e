/// Hints for an item, each worth more than the one before; the first gives nothing away.
enum QuizHints {
    /// Between two hints, so that nobody clicks through to the last.
    static let gate: Int64 = 8_000_000_000

    static func hints(for shown: PresentedItem, concept: (String) -> String) -> [String] {
        let item = shown.item
        let concepts = item.concepts.map { concept($0) }.joined(separator: ", ")
        let place = item.references.first.map { " It is in \($0)." } ?? ""
        return ["This is about: \(concepts).\(place)"] + specific(shown)
    }

    private static func specific(_ shown: PresentedItem) -> [String] {
        switch shown.item.body {
        case .trueFalse(let choices):
            let first = shown.rows[0]
            let right = choices.count(where: \.isRight)
            return [
                "\(right) of the \(choices.count) are true.",
                "The first one is \(choices[first].isRight ? "true" : "false").",
            ]
        case .single(let choices), .predict(let choices), .multiple(let choices):
            return shown.rows.filter { !choices[$0].isRight }.prefix(2).map {
                "Not “\(choices[$0].text)”: \(choices[$0].why)"
            }
        case .number, .hex, .fill:
            return shown.item.body.wrong.prefix(2).map { "Not \($0.answer): \($0.why)" }
        case .order(let steps): return ["It begins with: \(steps[0])", "It ends with: \(steps[steps.count - 1])"]
        case .match(let pairs): return pairs.prefix(2).map { "\($0.left) goes with \($0.right)." }
        case .free(let essay):
            return ["A full answer has \(essay.ideas.count) ideas.", "One of them: \(essay.ideas[0].text)"]
        }
    }
}
