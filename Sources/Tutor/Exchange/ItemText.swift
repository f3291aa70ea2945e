/// An item as question and answer, for formats that know no more.
struct ItemText {
    let item: QuizItem

    /// The rows to choose from, in the item's own order.
    var rows: [String] {
        switch item.body {
        case .trueFalse(let choices), .single(let choices), .predict(let choices), .multiple(let choices):
            choices.map(\.text)
        // In the order of the alphabet: any other could give the answer away.
        case .order(let steps): steps.sorted()
        case .match(let pairs): pairs.map(\.left) + pairs.map(\.right).sorted()
        case .number, .hex, .fill, .free: []
        }
    }

    /// What is to be done.
    var task: String { PresentedItem(item, seed: 0).task }

    /// Each part of the right answer, with why.
    var answers: [(text: String, why: String)] {
        switch item.body {
        case .trueFalse(let choices): choices.map { ("\($0.isRight ? "true" : "false"): \($0.text)", $0.why) }
        case .single(let choices), .predict(let choices), .multiple(let choices):
            choices.filter(\.isRight).map { ($0.text, $0.why) }
                + choices.filter { !$0.isRight }.map { ("not: \($0.text)", $0.why) }
        case .number(let number): [("\(NumberText.write(number.answer)) \(number.unit)".trimmed, "")]
        case .hex(let hex): [(HexText.write(hex.answer), "")]
        case .order(let steps): steps.enumerated().map { ("\($0 + 1). \($1)", "") }
        case .match(let pairs): pairs.map { ("\($0.left): \($0.right)", $0.why) }
        case .fill(let fill):
            [(FillText.filling(fill.text) { name in fill.blanks.first { $0.name == name }?.accepted.first ?? "" }, "")]
        case .free(let essay): [(essay.model, "")] + essay.ideas.map { ("• \($0.text)", "") }
        }
    }
}
