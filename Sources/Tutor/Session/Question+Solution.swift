/// The right answer, for tests and for the check of a lesson.
extension Question {
    /// - Parameter measured: What the lab measured, for `measure`.
    /// - Returns: A line as a learner would type it.
    package func rightAnswer(measured: Double? = nil) -> String {
        switch kind {
        case .options(let options):
            options.indices.filter { options[$0].isRight }.map(Question.letter).joined()
        case .statements(let statements): statements.map { $0.isTrue ? "t" : "f" }.joined()
        case .order(let steps):
            // Step n stands at the place where the shuffle put it.
            (0..<steps.count).map { step in Question.letter(shuffled(steps.count).firstIndex(of: step) ?? 0) }.joined()
        case .number(let number, _, _): Figure.text(number)
        case .measure: Figure.text(measured ?? 0)
        case .hex(let bytes): bytes.map(PayloadWords.hex).joined(separator: " ")
        case .words(let words): words.first ?? ""
        case .recall(_, let model): model
        }
    }
}
