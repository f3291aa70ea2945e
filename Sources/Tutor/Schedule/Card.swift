/// One thing to be remembered, and how well it is.
package struct Card: Hashable, Sendable, Codable {
    package struct Key: Hashable, Sendable, Codable {
        package let kind: Kind
        package let id: String

        package init(_ kind: Kind, _ id: String) {
            self.kind = kind
            self.id = id
        }
    }

    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A quiz item, or a generator of such.
        case item
        case concept
        /// A question of the interview, answered in one's own words.
        case question
    }

    package let memory: Memory
    /// The learner's day of the last review, see `LearnerCalendar`.
    package let lastDay: Int
    package let reviews: Int
    /// How often it was forgotten.
    package let lapses: Int

    package init(memory: Memory, lastDay: Int, reviews: Int, lapses: Int) {
        self.memory = memory
        self.lastDay = lastDay
        self.reviews = reviews
        self.lapses = lapses
    }

    /// So often forgotten that another review helps less than the lab would.
    package var isLeech: Bool { lapses >= 4 }

    /// The card after a review on `day`. A clock that was set back makes it a review of the same day.
    package static func reviewed(_ card: Card?, _ grade: Grade, on day: Int, by model: FSRS) -> Card {
        let days = card.map { max(0, day - $0.lastDay) } ?? 0
        return Card(
            memory: model.review(card?.memory, grade, after: days), lastDay: day, reviews: (card?.reviews ?? 0) + 1,
            lapses: (card?.lapses ?? 0) + (grade == .again && card != nil ? 1 : 0))
    }
}
