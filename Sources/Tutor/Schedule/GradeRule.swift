/// The grade from behaviour: whether it was right, with how many hints, how sure and how fast.
///
/// Nobody is asked for it, because the button "hard" is so often pressed for "wrong", which makes intervals explode.
package enum GradeRule {
    /// - Parameters:
    ///   - score: The share that was right.
    ///   - milliseconds: From showing the question to the answer.
    ///   - expected: What a fluent learner takes, see `expectedMilliseconds`.
    package static func grade(
        isRight: Bool, score: Double, isFree: Bool, hints: Int, confidence: Confidence?, milliseconds: Int,
        expected: Int
    ) -> Grade {
        guard isRight else { return .again }
        let isSlow = milliseconds > expected * 3
        let isFast = milliseconds < expected / 2
        if hints > 0 || isSlow || confidence == .guess { return .hard }
        // The ideas are ticked by the learner; a part of them is a part of the answer.
        if isFree { return score >= 0.85 ? .good : .hard }
        return confidence == .sure && isFast ? .easy : .good
    }

    /// Time to read everything at 200 words a minute, and to think and type as the kind demands.
    package static func expectedMilliseconds(for item: QuizItem) -> Int {
        var text = [item.question, item.context ?? ""] + item.body.choices.map(\.text)
        let base: Int
        switch item.body {
        case .trueFalse(let choices): base = 3000 * choices.count
        case .single, .predict, .multiple: base = 6000
        case .number: base = 15_000
        case .hex(let hex): base = 10_000 + 4000 * hex.answer.count
        case .order(let steps):
            base = 5000 * steps.count
            text += steps
        case .match(let pairs):
            base = 5000 * pairs.count
            text += pairs.flatMap { [$0.left, $0.right] }
        case .fill(let fill): base = 10_000 * fill.blanks.count
        case .free(let essay): base = 25_000 * essay.ideas.count
        }
        let words = text.reduce(0) { $0 + $1.split(whereSeparator: \.isWhitespace).count }
        return base + words * 300
    }
}
