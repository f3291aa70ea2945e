import Connection

/// One question of a sitting, and how far its answer has come.
struct AskedItem: Sendable {
    struct Result: Sendable {
        let marking: Marking
        var record: AnswerRecord
        /// The cards as they were before, to take the answer back.
        let before: [Card.Key: Card?]
    }

    let shown: PresentedItem
    /// How often it has come back before.
    let repeats: Int
    var answer: QuizAnswer
    var confidence: Confidence?
    var hints: [String] = []
    var lastHint: Timestamp?
    /// Set when it is shown for the first time.
    var shownAt: Timestamp?
    /// The text is written; its ideas are being ticked.
    var isComparing = false
    var isFlagged = false
    /// Something was answered: an order is one from the beginning, but not the learner's.
    var isTouched = false
    var isSkipped = false
    var result: Result?

    init(_ item: QuizItem, seed: UInt64, repeats: Int = 0) {
        shown = PresentedItem(item, seed: seed &+ UInt64(repeats))
        self.repeats = repeats
        answer = shown.emptyAnswer
    }

    var item: QuizItem { shown.item }

    var isFree: Bool { if case .free = item.body { true } else { false } }

    /// What cannot be submitted yet; nil where it can.
    var missing: String? {
        if let missing = answer.missing(for: item.body) { return missing }
        return confidence == nil && !isFree ? "How sure are you? Say it first: guess, think or sure." : nil
    }

    var input: QuizInput {
        guard isComparing, case .free(let essay) = item.body, case .essay(let text, let ideas) = answer else {
            return shown.input(answer)
        }
        let words = text.lowercased()
        return .ideas(
            own: text, model: essay.model,
            essay.ideas.enumerated().map { index, idea in
                QuizInput.Idea(
                    text: idea.text, isTicked: ideas.contains(index),
                    isSuggested: idea.keywords.contains { words.contains($0.lowercased()) })
            })
    }

    var question: QuizQuestion {
        QuizQuestion(
            id: item.id, task: isComparing ? "tick what your answer has" : shown.task, question: item.question,
            context: item.context, bytes: item.bytes, input: input,
            isAnswered: isTouched && answer.missing(for: item.body) == nil, confidence: confidence, hints: hints,
            isRepeated: repeats > 0)
    }
}
