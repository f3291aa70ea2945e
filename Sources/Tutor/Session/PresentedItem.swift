/// An item as it is shown: its rows shuffled by a seed.
struct PresentedItem: Sendable {
    let item: QuizItem
    /// For each row of the statements, options, steps or right sides the item's own number.
    let rows: [Int]

    init(_ item: QuizItem, seed: UInt64) {
        self.item = item
        var random = SeededRandom(seed, for: item.id)
        let count =
            switch item.body {
            case .order(let steps): steps.count
            case .match(let pairs): pairs.count
            case .trueFalse, .single, .predict, .multiple, .number, .hex, .fill, .free: item.body.choices.count
            }
        var rows = Array(0..<count).shuffled(using: &random)
        // To be put in order they must not be in order already.
        if case .order = item.body, count > 1, rows == Array(0..<count) { rows.swapAt(0, count - 1) }
        self.rows = rows
    }

    /// The answer to begin with.
    var emptyAnswer: QuizAnswer {
        if case .order = item.body { return .order(rows) }
        return .empty(for: item.body)
    }

    /// The answer as it is shown, without the stage of ticking ideas.
    func input(_ answer: QuizAnswer) -> QuizInput {
        switch (item.body, answer) {
        case (.trueFalse(let choices), .truths(let truths)):
            .truths(rows.map { QuizInput.Truth(text: choices[$0].text, truth: truths[$0]) })
        case (.single(let choices), .choices(let chosen)), (.predict(let choices), .choices(let chosen)):
            .options(options(choices, chosen), isMany: false)
        case (.multiple(let choices), .choices(let chosen)): .options(options(choices, chosen), isMany: true)
        case (.number(let number), .text(let text)): .number(text, unit: number.unit)
        case (.order(let steps), .order(let order)): .order(order.map { steps[$0] })
        case (.match(let pairs), .pairs(let chosen)):
            .match(
                lefts: pairs.map(\.left), rights: rows.map { pairs[$0].right },
                chosen: chosen.map { right in right.flatMap { rows.firstIndex(of: $0) } })
        case (.fill(let fill), .blanks(let given)):
            .fill(text: fill.text, blanks: zip(fill.blanks, given).map { QuizInput.Blank(name: $0.name, text: $1) })
        case (.free, .essay(let text, _)): .essay(text)
        case (_, .text(let text)): .hex(text)
        default: preconditionFailure("an answer belongs to its kind of item")
        }
    }

    private func options(_ choices: [QuizChoice], _ chosen: Set<Int>) -> [QuizInput.Option] {
        rows.map { QuizInput.Option(text: choices[$0].text, isChosen: chosen.contains($0)) }
    }

    /// What is to be done, in a few words.
    var task: String {
        switch item.body {
        case .trueFalse: "true or false, each on its own"
        case .single: "one is right"
        case .predict: "what comes next? one is right"
        case .multiple: "choose all that are right"
        case .number(let number): number.unit.isEmpty ? "a number" : "a number, in \(number.unit)"
        case .hex: "bytes in hex"
        case .order: "put in order"
        case .match: "find the partners"
        case .fill: "fill the gaps"
        case .free: "in your own words"
        }
    }
}

extension QuizAnswer {
    /// The answer after an event; nil where it does not fit.
    func changed(by event: QuizEvent, in shown: PresentedItem) -> QuizAnswer? {
        switch (event, self) {
        case (.call(let row, let truth), .truths(var truths)):
            guard shown.rows.indices.contains(row) else { return nil }
            truths[shown.rows[row]] = truth
            return .truths(truths)
        case (.choose(let row), .choices(let chosen)):
            guard shown.rows.indices.contains(row) else { return nil }
            if case .multiple = shown.item.body { return .choices(chosen.symmetricDifference([shown.rows[row]])) }
            return .choices([shown.rows[row]])
        case (.type(let text), .text): return .text(text)
        case (.type(let text), .essay(_, let ideas)): return .essay(text, ideas: ideas)
        case (.fill(let blank, let text), .blanks(var blanks)):
            guard blanks.indices.contains(blank) else { return nil }
            blanks[blank] = text
            return .blanks(blanks)
        case (.move(let row, let target), .order(var order)):
            guard order.indices.contains(row), order.indices.contains(target) else { return nil }
            order.insert(order.remove(at: row), at: target)
            return .order(order)
        case (.arrange(let rows), .order(let order)):
            return rows.sorted() == Array(order.indices) ? .order(rows.map { order[$0] }) : nil
        case (.pair(let left, let right), .pairs(let pairs)): return paired(pairs, left, right, shown)
        case (.tick(let row), .essay(let text, let ideas)):
            guard case .free(let essay) = shown.item.body, essay.ideas.indices.contains(row) else { return nil }
            return .essay(text, ideas: ideas.symmetricDifference([row]))
        default: return nil
        }
    }

    /// A right side has one partner: who takes it takes it from another.
    private func paired(_ pairs: [Int?], _ left: Int, _ right: Int?, _ shown: PresentedItem) -> QuizAnswer? {
        guard pairs.indices.contains(left), right.map({ shown.rows.indices.contains($0) }) ?? true else { return nil }
        let chosen = right.map { shown.rows[$0] }
        var pairs = pairs.map { $0 == chosen ? nil : $0 }
        pairs[left] = chosen
        return .pairs(pairs)
    }
}
