/// Questions in Moodle's GIFT.
package enum GIFTImport {
    package static func read(_ text: String, prefix: String, known: [QuizItem]) -> ImportedQuiz {
        var quiz = ImportedQuiz(prefix: prefix, known: known)
        for block in blocks(text) {
            do {
                guard let question = try GIFTQuestion(block.text) else { continue }
                quiz.add(question.name, question: question.text, body: question.body, explanation: question.explanation)
            } catch {
                quiz.skip(line: block.line, error.what)
            }
        }
        return quiz
    }

    /// Questions are separated by blank lines; `//` begins a comment, `$CATEGORY` a category.
    private static func blocks(_ text: String) -> [(line: Int, text: String)] {
        var blocks: [(line: Int, text: String)] = []
        var (begin, lines): (Int, [Substring]) = (1, [])
        let all: [Substring] = text.split(omittingEmptySubsequences: false) { $0.isNewline } + [""]
        for (number, line) in all.enumerated() {
            if line.allSatisfy(\.isWhitespace) {
                if !lines.isEmpty { blocks.append((begin, lines.joined(separator: "\n"))) }
                (begin, lines) = (number + 2, [])
            } else if !line.hasPrefix("//"), !line.hasPrefix("$CATEGORY") {
                lines.append(line)
            } else if lines.isEmpty {
                begin = number + 2
            }
        }
        return blocks
    }
}

/// Why a question of GIFT cannot be taken over.
struct GIFTFault: Error {
    let what: String
}

/// One question.
struct GIFTQuestion {
    private(set) var name: String?
    let text: String
    let body: QuizBody
    let explanation: String

    /// nil for a description, which asks nothing.
    init?(_ block: String) throws(GIFTFault) {
        var rest = block[...]
        if rest.hasPrefix("::"), let end = rest.dropFirst(2).firstRange(of: "::") {
            name = GIFTQuestion.plain(rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound])
            rest = rest[end.upperBound...]
        }
        for format in ["[html]", "[moodle]", "[plain]", "[markdown]"] where rest.hasPrefix(format) {
            rest = rest.dropFirst(format.count)
        }
        guard let open = GIFTQuestion.index(of: "{", in: rest) else { return nil }
        guard let close = GIFTQuestion.index(of: "}", in: rest[open...]) else {
            throw GIFTFault(what: "the { has no }")
        }
        let before = GIFTQuestion.plain(rest[..<open]).trimmed
        let after = GIFTQuestion.plain(rest[rest.index(after: close)...]).trimmed
        text = after.isEmpty ? before : "\(before) _____ \(after)"
        guard !text.isEmpty else { throw GIFTFault(what: "there is no question before the {") }
        var inside = String(rest[rest.index(after: open)..<close])
        var general = ""
        if let range = inside.firstRange(of: "####") {
            general = GIFTQuestion.plain(inside[range.upperBound...]).trimmed
            inside = String(inside[..<range.lowerBound])
        }
        explanation = general
        body = try GIFTQuestion.body(inside.trimmed, general)
    }

    /// A character that is not escaped.
    private static func index(of character: Character, in text: Substring) -> Substring.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == "\\" {
                index = text.index(after: index)
                if index == text.endIndex { return nil }
            } else if text[index] == character {
                return index
            }
            index = text.index(after: index)
        }
        return nil
    }

    static func plain(_ text: some StringProtocol) -> String {
        var plain = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                plain.append(character == "n" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                plain.append(character)
            }
        }
        return plain
    }
}

/// What stands between the braces.
extension GIFTQuestion {
    private struct Answer {
        let isEqual: Bool
        /// In percent; nil where none is given.
        let weight: Double?
        let text: String
        let feedback: String
    }

    private static func body(_ inside: String, _ general: String) throws(GIFTFault) -> QuizBody {
        switch inside.prefix(while: { $0 != "#" }).uppercased().trimmed {
        case "T", "TRUE": return truth(true)
        case "F", "FALSE": return truth(false)
        default: break
        }
        if inside.isEmpty {
            let model = general.isEmpty ? "There is no model answer." : general
            return .free(QuizEssay(ideas: [QuizEssay.Idea(id: "answer", text: model, keywords: [])], model: model))
        }
        if inside.hasPrefix("#") { return try number(String(inside.dropFirst())) }
        let answers = answers(inside)
        guard !answers.isEmpty else { throw GIFTFault(what: "no answer begins with = or ~") }
        if answers.allSatisfy({ $0.isEqual && $0.text.contains("->") }) { return try match(answers) }
        if answers.allSatisfy(\.isEqual) { return try short(answers) }
        return try choices(answers)
    }

    private static func truth(_ isTrue: Bool) -> QuizBody {
        .single([
            QuizChoice("true", isRight: isTrue, why: ""), QuizChoice("false", isRight: !isTrue, why: ""),
        ])
    }

    private static func answers(_ inside: String) -> [Answer] {
        var parts: [(sign: Character, text: String)] = []
        var isEscaped = false
        for character in inside {
            if !isEscaped, character == "=" || character == "~" {
                parts.append((character, ""))
            } else if !parts.isEmpty {
                parts[parts.count - 1].text.append(character)
            }
            isEscaped = !isEscaped && character == "\\"
        }
        return parts.map { answer($0.sign, $0.text[...]) }
    }

    private static func answer(_ sign: Character, _ text: Substring) -> Answer {
        var (text, weight): (Substring, Double?) = (text, nil)
        if text.hasPrefix("%"), let end = text.dropFirst().firstIndex(of: "%") {
            weight = Double(text[text.index(after: text.startIndex)..<end])
            text = text[text.index(after: end)...]
        }
        let hash = index(of: "#", in: text)
        let feedback = hash.map { plain(text[text.index(after: $0)...]).trimmed } ?? ""
        return Answer(
            isEqual: sign == "=", weight: weight, text: String(hash.map { text[..<$0] } ?? text).trimmed,
            feedback: feedback)
    }

    private static func choices(_ answers: [Answer]) throws(GIFTFault) -> QuizBody {
        let choices = answers.map { answer in
            QuizChoice(plain(answer.text), isRight: answer.isEqual || (answer.weight ?? 0) > 0, why: answer.feedback)
        }
        let right = choices.count(where: \.isRight)
        guard choices.count >= 2, right >= 1 else { throw GIFTFault(what: "no option is right, or there is only one") }
        guard right < choices.count else { throw GIFTFault(what: "all options are right") }
        return right == 1 && !answers.contains { $0.weight != nil } ? .single(choices) : .multiple(choices)
    }

    private static func short(_ answers: [Answer]) throws(GIFTFault) -> QuizBody {
        let right = answers.filter { $0.weight.map { $0 > 0 } ?? true }
        guard !right.isEmpty else { throw GIFTFault(what: "no answer is right") }
        let wrong = answers.filter { $0.weight.map { $0 <= 0 } ?? false }
        return .fill(
            QuizFill(
                text: "{{answer}}", blanks: [QuizFill.Blank(name: "answer", accepted: right.map { plain($0.text) })],
                wrong: wrong.map { QuizWrong(plain($0.text), why: $0.feedback) }))
    }

    private static func match(_ answers: [Answer]) throws(GIFTFault) -> QuizBody {
        let pairs = answers.compactMap { answer -> QuizPair? in
            guard let arrow = answer.text.firstRange(of: "->") else { return nil }
            let left = plain(answer.text[..<arrow.lowerBound]).trimmed
            return left.isEmpty
                ? nil : QuizPair(left: left, right: plain(answer.text[arrow.upperBound...]).trimmed, why: "")
        }
        guard pairs.count >= 2, Set(pairs.map(\.right)).count == pairs.count else {
            throw GIFTFault(what: "two pairs or more with different right sides were expected")
        }
        return .match(pairs)
    }

    /// `14`, `14:0.5`, `13..15`, or several of them with `=` before.
    private static func number(_ inside: String) throws(GIFTFault) -> QuizBody {
        let answers = inside.contains("=") ? answers(inside) : [answer("=", inside.trimmed[...])]
        guard let right = answers.first(where: { ($0.weight ?? 100) == 100 }),
            let (value, tolerance) = value(right.text)
        else {
            throw GIFTFault(what: "no number is given as the answer")
        }
        let wrong = answers.filter { ($0.weight ?? 100) <= 0 }.compactMap { entry in
            Self.value(entry.text).map { QuizWrong(NumberText.write($0.0), why: entry.feedback) }
        }
        return .number(QuizNumber(value, unit: "", tolerance: tolerance, wrong: wrong))
    }

    private static func value(_ text: String) -> (Double, Double)? {
        if let dots = text.firstRange(of: ".."), let low = NumberText.parse(String(text[..<dots.lowerBound])),
            let high = NumberText.parse(String(text[dots.upperBound...])), high >= low
        {
            return ((low + high) / 2, (high - low) / 2)
        }
        let parts = text.split(separator: ":")
        guard let value = parts.first.flatMap({ NumberText.parse(String($0)) }) else { return nil }
        return (value, parts.count > 1 ? NumberText.parse(String(parts[1])) ?? 0 : 0)
    }
}
