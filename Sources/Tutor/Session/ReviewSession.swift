package import Connection

/// A review of what is due: a `QuizSession`, with what comes after it.
package struct ReviewSession: Sendable {
    package private(set) var quiz: QuizSession
    /// How many items were due when it began; it asks at most `limit` of them.
    package let due: Int
    package static let limit = 20

    /// - Parameter items: Every item of the bank, generators included.
    package init(items: [QuizItem], seed: UInt64, context: QuizContext, at time: Timestamp) {
        let today = context.calendar.day(of: time)
        let selection = QuizSelection(cards: context.cards, schedule: context.schedule, today: today)
        due = selection.due(items, count: .max).count
        quiz = QuizSession(
            title: "Review", items: selection.due(items, count: ReviewSession.limit), mode: .review, seed: seed,
            context: context, at: time)
    }

    package var view: QuizView { quiz.view }
    package var isFinished: Bool { quiz.isFinished }

    /// As `QuizSession.handle`.
    package mutating func handle(_ event: QuizEvent, at time: Timestamp) -> [QuizEffect] {
        quiz.handle(event, at: time)
    }

    /// When something is due next, for a person.
    package static func next(cards: [Card.Key: Card], schedule: Schedule, today: Int) -> String {
        let days = cards.filter { $0.key.kind == .item }.map { schedule.due($0.value) - today }
        guard let soonest = days.min() else { return "Nothing was answered yet. Begin with ws101 quiz." }
        let count = days.count { $0 <= max(soonest, 0) }
        let items = count == 1 ? "1 item" : "\(count) items"
        if soonest <= 0 { return "\(items) \(count == 1 ? "is" : "are") due now." }
        return
            "Nothing is due. \(items) \(count == 1 ? "comes" : "come") back \(soonest == 1 ? "tomorrow" : "in \(soonest) days")."
    }
}
