import Tutor

/// The form of a question of the bank: what the session holds, and what a key changed of it.
extension AnswerForm {
    init(_ input: QuizInput) {
        self.init(AnswerForm.shape(of: input))
        take(input)
    }

    private static func shape(of input: QuizInput) -> Shape {
        switch input {
        case .truths(let truths): .statements(truths.map(\.text))
        case .options(let options, let isMany):
            isMany ? .multiple(options.map(\.text)) : .single(options.map(\.text))
        case .number(_, let unit): .line(unit: unit.isEmpty ? nil : unit)
        case .hex: .line(unit: "hex pairs, such as 48 65")
        case .order(let steps): .order(steps)
        case .match(let lefts, let rights, _): .match(left: lefts, right: rights)
        case .fill(let text, let blanks): .blanks(parts(of: text, blanks))
        case .essay: .text
        case .ideas(_, _, let ideas): .ideas(ideas.map(\.text))
        }
    }

    /// What stands before each gap, and after the last one.
    private static func parts(of text: String, _ blanks: [QuizInput.Blank]) -> [String] {
        var parts: [String] = []
        var rest = text[...]
        for blank in blanks {
            guard let gap = rest.firstRange(of: "{{\(blank.name)}}") else { continue }
            parts.append(String(rest[..<gap.lowerBound]).trimmingBlanks)
            rest = rest[gap.upperBound...]
        }
        return parts + [String(rest).trimmingBlanks]
    }

    /// Takes up what the session holds; what is being typed stays as it is.
    mutating func take(_ input: QuizInput) {
        switch input {
        case .truths(let truths): self.truths = truths.map(\.truth)
        case .options(let options, _): picks = Set(options.indices.filter { options[$0].isChosen })
        case .ideas(_, _, let ideas): picks = Set(ideas.indices.filter { ideas[$0].isTicked })
        case .order(let steps):
            shape = .order(steps)
            order = Array(steps.indices)
        case .match(_, _, let chosen): pairs = chosen
        case .number(let text, _), .hex(let text), .essay(let text): take([text])
        case .fill(_, let blanks): take(blanks.map(\.text))
        }
    }

    private mutating func take(_ texts: [String]) {
        for (index, text) in texts.enumerated() where inputs[index].string != text {
            inputs[index] = TextInput(inputs[index].kind, text: text)
        }
    }

    /// What is different from before, as the session is told it.
    func events(since old: AnswerForm) -> [QuizEvent] {
        switch shape {
        case .statements:
            return truths.indices.compactMap { row in
                truths[row] == old.truths[row] ? nil : truths[row].map { .call(row: row, $0) }
            }
        case .single: return picks.subtracting(old.picks).map { .choose(row: $0) }
        case .multiple: return picks.symmetricDifference(old.picks).sorted().map { .choose(row: $0) }
        case .ideas: return ticked(since: old).map { .tick(row: $0) }
        case .order: return moved(since: old).map { [.move(row: $0.row, to: $0.target)] } ?? []
        case .match:
            return pairs.indices.compactMap { left in
                pairs[left] == old.pairs[left] ? nil : .pair(left: left, right: pairs[left])
            }
        case .line, .text: return inputs == old.inputs ? [] : [.type(inputs[0].string)]
        case .blanks:
            return inputs.indices.compactMap { blank in
                inputs[blank].string == old.inputs[blank].string
                    ? nil : .fill(blank: blank, inputs[blank].string)
            }
        }
    }
}

extension AnswerForm {
    /// Rows that were ticked or are no more.
    func ticked(since old: AnswerForm) -> [Int] { picks.symmetricDifference(old.picks).sorted() }

    /// The step that was carried: a key carries it by one place.
    func moved(since old: AnswerForm) -> (row: Int, target: Int)? {
        let moved = order.indices.filter { order[$0] != old.order[$0] }
        return moved.count == 2 ? (moved[0], moved[1]) : nil
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let front = drop { $0 == " " }
        return String(front.reversed().drop { $0 == " " }.reversed())
    }
}
