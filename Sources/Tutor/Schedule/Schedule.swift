/// When each card is due: when its recall has fallen to the wanted retention, and before an interview often enough.
package struct Schedule: Sendable {
    package let model: FSRS
    /// The probability of recall at which a review is due, 0.7…0.97.
    package let retention: Double
    /// The learner's day of the interview; nil where none is set.
    package let interviewDay: Int?

    package init(model: FSRS = FSRS(), retention: Double = 0.9, interviewDay: Int? = nil) {
        self.model = model
        self.retention = min(max(retention, 0.7), 0.97)
        self.interviewDay = interviewDay
    }

    /// Days from the last review to the next. Before an interview at most a fifth of the days that were left, so that
    /// at least two reviews come before it.
    package func interval(of card: Card) -> Int {
        let free = model.interval(stability: card.memory.stability, retention: retention)
        guard let interviewDay, interviewDay > card.lastDay else { return free }
        return min(free, max(1, (interviewDay - card.lastDay) / 5))
    }

    /// The day on which it is due.
    package func due(_ card: Card) -> Int { card.lastDay + interval(of: card) }

    package func isDue(_ card: Card, on day: Int) -> Bool { due(card) <= day }

    /// The probability that it is recalled on `day`; a day before the last review counts as that day.
    package func recall(_ card: Card, on day: Int) -> Double {
        model.recall(card.memory, after: Double(max(0, day - card.lastDay)))
    }
}
