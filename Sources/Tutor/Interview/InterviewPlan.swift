/// What fits into the minutes there are.
package enum InterviewPlan {
    package static let choices = [10, 20, 45]

    /// Ten minutes hold two questions and the summary; more hold more, and all drills.
    /// - Parameter cards: Questions that were never answered, or are nearest to being forgotten, come first.
    package static func parts(
        _ book: InterviewBook, minutes: Int, cards: [Card.Key: Card], schedule: Schedule, today: Int, seed: UInt64
    ) -> [InterviewState.Part] {
        var random = SeededRandom(seed, for: "interview")
        let count = minutes <= 10 ? 2 : minutes <= 20 ? 4 : 9
        let ranked = book.questions.shuffled(using: &random).map { question in
            let recall = cards[Card.Key(.question, question.id)].map { schedule.recall($0, on: today) } ?? 0
            return (question: question, recall: recall)
        }
        let questions = ranked.sorted { $0.recall < $1.recall }.prefix(count).map {
            InterviewState.Part.question($0.question.id)
        }
        let drills: [InterviewState.Part] =
            minutes <= 10 ? [.summary] : minutes <= 20 ? [.order, .summary] : [.order, .cut, .summary]
        return questions + drills
    }
}
