/// GIFT, as Moodle reads it: <https://docs.moodle.org/en/GIFT_format>.
package enum GIFTExport {
    package static func text(_ topics: [QuizTopic]) -> String {
        topics.map { topic in
            (["$CATEGORY: WebSockets/\(topic.title.replacing("/", with: " "))"] + topic.items.map(question))
                .joined(separator: "\n\n")
        }.joined(separator: "\n\n") + "\n"
    }

    private static func question(_ item: QuizItem) -> String {
        let before = [item.context, item.bytes].compactMap { $0 }.map { $0 + "\n" }.joined()
        let stem =
            "// \(item.references.joined(separator: ", "))\n::\(escape(item.id))::\(escape(before + item.question))"
        let general = "####\(escape(item.explanation))"
        switch item.body {
        case .single(let choices), .predict(let choices):
            return block(stem, choices.map { line($0.isRight ? "=" : "~", $0) }, general)
        case .multiple(let choices), .trueFalse(let choices):
            let task = if case .trueFalse = item.body { "\\n\(escape("Choose those that are true."))" } else { "" }
            return block(stem + task, weighted(choices), general)
        case .number(let number): return block(stem, numbers(number), general, mark: "#")
        case .hex(let hex):
            let forms = [HexText.write(hex.answer), HexText.write(hex.answer).filter { $0 != " " }]
            return block(stem, forms.map { "=\($0)" } + hex.wrong.map(wrong), general)
        case .order(let steps):
            return block(stem, steps.enumerated().map { "=\(escape("\($0 + 1)")) -> \(escape($1))" }, general)
        case .match(let pairs): return block(stem, pairs.map { "=\(escape($0.left)) -> \(escape($0.right))" }, general)
        case .fill(let fill): return self.fill(stem, fill, general)
        case .free: return block(stem, [], general)
        }
    }

    private static func block(_ stem: String, _ lines: [String], _ general: String, mark: String = "") -> String {
        "\(stem){\(mark)\n\((lines + [general]).map { "    \($0)\n" }.joined())}"
    }

    private static func line(_ sign: String, _ choice: QuizChoice) -> String {
        "\(sign)\(escape(choice.text))\(choice.why.isEmpty ? "" : "#\(escape(choice.why))")"
    }

    /// The right ones share 100 %, the wrong ones take as much away: guessing all gives nothing.
    private static func weighted(_ choices: [QuizChoice]) -> [String] {
        let right = choices.count(where: \.isRight)
        return choices.map { choice in
            let weight = choice.isRight ? share(right) : "-" + share(choices.count - right)
            return line("~%\(weight)%", choice)
        }
    }

    /// As Moodle knows them: five digits behind the point.
    private static func share(_ count: Int) -> String {
        let hundredThousandths = 10_000_000 / max(1, count)
        let (whole, rest) = hundredThousandths.quotientAndRemainder(dividingBy: 100_000)
        guard rest > 0 else { return "\(whole)" }
        let digits = String(rest)
        return "\(whole)." + String(repeating: "0", count: 5 - digits.count) + digits
    }

    private static func numbers(_ number: QuizNumber) -> [String] {
        ["=\(NumberText.write(number.answer)):\(NumberText.write(number.tolerance))"]
            + number.wrong.map { "=%0%\($0.answer):0#\(escape($0.why))" }
    }

    private static func wrong(_ wrong: QuizWrong) -> String { "=%0%\(escape(wrong.answer))#\(escape(wrong.why))" }

    /// A question has one gap there; where there are more, each is matched with its name.
    private static func fill(_ stem: String, _ fill: QuizFill, _ general: String) -> String {
        let text = FillText.filling(fill.text) { "[\($0)]" }
        let shown = "\(stem)\\n\(escape(text))"
        guard fill.blanks.count == 1 else {
            return block(
                shown, fill.blanks.map { "=\(escape($0.name)) -> \(escape($0.accepted.first ?? ""))" }, general)
        }
        return block(shown, fill.blanks[0].accepted.map { "=\(escape($0))" } + fill.wrong.map(wrong), general)
    }

    /// `~ = # { } :` have a meaning, and a line break ends what stands before.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "~", "=", "#", "{", "}", ":", "\\": escaped += "\\\(character)"
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
