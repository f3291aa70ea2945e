import Tutor

/// The form of a question of a lesson, and the answer as the lesson takes it: as typed text.
extension AnswerForm {
    init(_ question: Question) {
        switch question.kind {
        case .options(let options):
            let isMany = options.count(where: \.isRight) > 1
            self.init(isMany ? .multiple(question.choices) : .single(question.choices))
        case .statements: self.init(.statements(question.choices))
        case .order: self.init(Shape.order(question.choices))
        case .number(_, let unit, _): self.init(.line(unit: unit.isEmpty ? nil : unit))
        case .measure, .words: self.init(.line(unit: nil))
        case .hex: self.init(.line(unit: "hex pairs, such as 48 65"))
        case .recall: self.init(.text)
        }
    }

    /// Such as "ab", "tft" or what was typed.
    var typed: String {
        switch shape {
        case .statements: truths.map { $0.map { $0 ? "t" : "f" } ?? "" }.joined()
        case .single, .multiple, .ideas: picks.sorted().map { AnswerForm.letter($0) }.joined()
        case .order: order.map { AnswerForm.letter($0) }.joined()
        case .match: pairs.map { $0.map(AnswerForm.letter) ?? "-" }.joined()
        case .line, .blanks, .text: inputs.map(\.string).joined(separator: "\n")
        }
    }
}
