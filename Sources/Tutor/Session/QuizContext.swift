/// What a sitting knows of the learner and of the bank.
package struct QuizContext: Sendable {
    let catalogue: Catalogue
    var cards: [Card.Key: Card]
    let schedule: Schedule
    let calendar: LearnerCalendar
    /// Begins the uid of each answer; unique among all sittings there are.
    let sitting: String
    /// The item to ask when this one comes back: the same, its sibling, or one with other numbers.
    let again: @Sendable (QuizItem) -> QuizItem

    package init(
        catalogue: Catalogue, cards: [Card.Key: Card], schedule: Schedule, calendar: LearnerCalendar, sitting: String,
        again: @escaping @Sendable (QuizItem) -> QuizItem = { $0 }
    ) {
        self.catalogue = catalogue
        self.cards = cards
        self.schedule = schedule
        self.calendar = calendar
        self.sitting = sitting
        self.again = again
    }
}
