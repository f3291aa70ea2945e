/// The order of a sitting: never two items of one concept in a row, but items of a confusable set side by side.
///
/// What is easily confused must be told apart, and that is learnt where both stand next to each other; anything else is
/// learnt better mixed.
package enum Interleaving {
    /// - Returns: The same items. The first ones stay early. Where nothing else is left, a concept may follow itself.
    package static func ordered(_ items: [QuizItem]) -> [QuizItem] {
        var rest = items
        var ordered: [QuizItem] = []
        while !rest.isEmpty {
            let index = next(after: ordered, in: rest)
            ordered.append(rest.remove(at: index))
        }
        return ordered
    }

    private static func next(after ordered: [QuizItem], in rest: [QuizItem]) -> Int {
        guard let last = ordered.last else { return 0 }
        let begun = ordered.suffix(2).count { $0.confusable == last.confusable }
        if let set = last.confusable, begun < 2 || ordered.count < 2,
            let partner = rest.firstIndex(where: { $0.confusable == set })
        {
            return partner
        }
        return rest.firstIndex { isApart($0, last) } ?? 0
    }

    /// Whether they share no concept, or are meant to be told apart.
    package static func isApart(_ one: QuizItem, _ other: QuizItem) -> Bool {
        Set(one.concepts).isDisjoint(with: other.concepts)
            || one.confusable != nil && one.confusable == other.confusable
    }
}
