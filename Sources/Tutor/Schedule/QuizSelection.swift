/// Chooses items for a sitting, and their order.
package struct QuizSelection: Sendable {
    private let cards: [Card.Key: Card]
    private let schedule: Schedule
    private let today: Int

    package init(cards: [Card.Key: Card], schedule: Schedule, today: Int) {
        self.cards = cards
        self.schedule = schedule
        self.today = today
    }

    /// What to practise: first what is due, then what is new, in the order of the file with some chance, then what is
    /// nearest to being forgotten. Of two variants only one.
    package func practice(_ items: [QuizItem], count: Int, seed: UInt64) -> [QuizItem] {
        var random = SeededRandom(seed, for: "practice")
        let ranked = items.enumerated().map { index, item in
            (item: item, rank: rank(item), order: Double(index) + Double.random(in: 0..<12, using: &random))
        }
        let sorted = ranked.sorted { ($0.rank, $0.order) < ($1.rank, $1.order) }.map(\.item)
        return Interleaving.ordered(QuizSelection.withoutVariants(sorted, count: count))
    }

    private func rank(_ item: QuizItem) -> Double {
        guard let card = cards[Card.Key(.item, item.id)] else { return 1 }
        return schedule.isDue(card, on: today)
            ? schedule.recall(card, on: today) * 0.5 : 1 + schedule.recall(card, on: today)
    }

    /// What is due, the one nearest to being forgotten first, then interleaved.
    package func due(_ items: [QuizItem], count: Int) -> [QuizItem] {
        let due = items.compactMap { item in
            cards[Card.Key(.item, item.id)].flatMap { card in
                schedule.isDue(card, on: today) ? (item: item, recall: schedule.recall(card, on: today)) : nil
            }
        }
        return Interleaving.ordered(due.sorted { $0.recall < $1.recall }.prefix(count).map(\.item))
    }

    private static func withoutVariants(_ items: [QuizItem], count: Int) -> [QuizItem] {
        var chosen: [QuizItem] = []
        var left: Set<String> = []
        for item in items where chosen.count < count && !left.contains(item.id) {
            chosen.append(item)
            if let variant = item.variant { left.insert(variant) }
        }
        return chosen
    }
}
