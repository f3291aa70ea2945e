import Foundation

/// What is demanded of an item that is published, beyond what it takes to ask it.
struct ItemCheck {
    let catalogue: Catalogue
    let rfc: RFCText?

    /// - Parameter keys: Of the item in its file, in their order.
    func faults(_ item: QuizItem, keys: [String]) -> [String] {
        required(item, keys) + texts(item) + names(item) + choices(item) + wrong(item) + others(item) + proofs(item)
    }

    /// A cited section exists, of RFC 6455 or of a source in the catalogue.
    func references(_ references: [String]) -> [String] {
        var faults = references.isEmpty ? ["no references"] : []
        for reference in references {
            let parts = reference.components(separatedBy: " §")
            let section = parts.count > 1 ? parts[1] : nil
            if parts[0] == "RFC 6455" {
                if !(section.map { RFCText.numbers.contains($0) } ?? false) {
                    faults.append("\(reference): no such section")
                }
            } else if let source = catalogue.sources[parts[0]] {
                let isListed = section.map { source.sections.contains($0) } ?? source.sections.isEmpty
                if !isListed { faults.append("\(reference): section not listed in catalogue.yaml") }
            } else {
                faults.append("\(reference): unknown source")
            }
        }
        if Set(references).count != references.count { faults.append("a reference appears twice") }
        return faults
    }

    private func required(_ item: QuizItem, _ keys: [String]) -> [String] {
        var faults: [String] = []
        for key in ["lesson", "interview", "concepts", "level", "references"] where !keys.contains(key) {
            faults.append("lacks \(key)")
        }
        for key in ["unit", "tolerance", "wrong"] where item.body.kind == "number" && !keys.contains(key) {
            faults.append("lacks \(key)")
        }
        if keys != QuizReader.itemKeys.filter(keys.contains) { faults.append("keys are out of order") }
        return faults
    }

    private func names(_ item: QuizItem) -> [String] {
        var faults = references(item.references)
        let concepts = Set(catalogue.concepts.map(\.id))
        for concept in item.concepts where !concepts.contains(concept) { faults.append("unknown concept \(concept)") }
        if item.concepts.isEmpty { faults.append("no concepts") }
        for point in item.outline where !catalogue.outline.contains(where: { $0.id == point }) {
            faults.append("unknown outline point \(point)")
        }
        if let set = item.confusable, !catalogue.confusable.contains(where: { $0.id == set }) {
            faults.append("unknown set \(set)")
        }
        let misconceptions = item.body.choices.compactMap(\.misconception) + item.body.wrong.compactMap(\.misconception)
        for id in misconceptions where catalogue.misconceptions[id] == nil {
            faults.append("unknown misconception \(id)")
        }
        return faults
    }

    private func texts(_ item: QuizItem) -> [String] {
        var faults: [String] = []
        let question = item.question.replacing(#/“[^”]*”|"[^"]*"/#, with: "")
        if question.contains(#/\b(not|never|no|none|neither|cannot|without|except|\w+n't)\b/#) {
            faults.append("negation in the question (write NOT): \(item.question)")
        }
        if item.question.count > 420 { faults.append("the question is too long") }
        if item.explanation.words < 6 { faults.append("the explanation is too short") }
        if let bytes = item.bytes, bytes.wholeMatch(of: #/[0-9a-f]{2}( [0-9a-f]{2})*( …)?/#) == nil {
            faults.append("bytes are no hex pairs")
        }
        return faults + ItemCheck.plain(item.strings)
    }

    /// Text without what terminals show differently, and without phrases that teach nothing.
    static func plain(_ texts: [String]) -> [String] {
        texts.flatMap { text -> [String] in
            var faults: [String] = []
            if text.wholeMatch(of: #/[\n\x20-\x7e§–—…“”€]*/#) == nil {
                faults.append("unusual characters: \(text.prefix(60))")
            }
            let forbidden = #/\b(all|none|both) of the above\b|\bsimply\b|\bobviously\b|always use websockets/#
                .ignoresCase()
            if text.contains(forbidden) { faults.append("forbidden phrase: \(text.prefix(60))") }
            return faults
        }
    }
}

/// Options and answers.
extension ItemCheck {
    private func choices(_ item: QuizItem) -> [String] {
        let choices = item.body.choices
        guard !choices.isEmpty else { return [] }
        var faults: [String] = []
        for choice in choices {
            if choice.isRight, choice.misconception != nil {
                faults.append("a right option names a misconception: \(choice.text)")
            }
            if choice.isRight, choice.why.words < 3 { faults.append("thin explanation: \(choice.text)") }
            if !choice.isRight, choice.why.words < 8 || choice.why.sentences < 2 {
                faults.append("a wrong option must say why one believes it and why it is wrong: \(choice.text)")
            }
            if choice.text.count > 140 { faults.append("an option has more than 140 characters: \(choice.text)") }
        }
        if Set(choices.map { $0.text.lowercased() }).count != choices.count {
            faults.append("two options are the same")
        }
        let whys = choices.map(\.why).filter { $0.count > 6 }
        if Set(whys).count != whys.count { faults.append("two options share an explanation") }
        let right = choices.count(where: \.isRight)
        switch item.body {
        case .single, .predict: if choices.count < 3 { faults.append("needs at least three options") }
        case .multiple: if right < 2 { faults.append("needs at least two right options") }
        case .trueFalse:
            if right == 0 || right == choices.count || choices.count < 3 {
                faults.append("needs at least three statements, true and false ones")
            }
        case .number, .hex, .order, .match, .fill, .free: break
        }
        return faults
    }

    private func wrong(_ item: QuizItem) -> [String] {
        let wrong = item.body.wrong
        var faults: [String] = []
        switch item.body {
        case .number, .hex, .fill: if wrong.isEmpty { faults.append("no likely wrong answer") }
        case .trueFalse, .single, .predict, .multiple, .order, .match, .free: return []
        }
        for entry in wrong {
            if entry.why.words < 6 { faults.append("thin explanation of the wrong answer \(entry.answer)") }
            if isRight(entry.answer, item.body) { faults.append("the wrong answer \(entry.answer) is right") }
        }
        return faults
    }

    private func isRight(_ answer: String, _ body: QuizBody) -> Bool {
        switch body {
        case .number(let number): NumberText.parse(answer).map { abs($0 - number.answer) <= number.tolerance } ?? false
        case .hex(let hex): HexText.parse(answer) == hex.answer
        case .fill(let fill): fill.blanks.contains { $0.accepted.contains { $0.lowercased() == answer.lowercased() } }
        case .trueFalse, .single, .predict, .multiple, .order, .match, .free: false
        }
    }

    private func others(_ item: QuizItem) -> [String] {
        switch item.body {
        case .order(let steps): return steps.count < 3 ? ["needs at least three steps"] : []
        case .match(let pairs):
            let lefts = Set(pairs.map { $0.left.lowercased() })
            return pairs.count < 3 || lefts.count != pairs.count
                ? ["needs at least three pairs with different sides"] : []
        case .fill(let fill): return fill.blanks.contains { $0.accepted.isEmpty } ? ["a blank accepts nothing"] : []
        case .free(let essay): return ItemCheck.ideas(essay.ideas, model: essay.model)
        case .trueFalse, .single, .predict, .multiple, .number, .hex: return []
        }
    }

    static func ideas(_ ideas: [QuizEssay.Idea], model: String) -> [String] {
        var faults = ideas.count < 3 ? ["fewer than three ideas"] : []
        let model = model.lowercased()
        for idea in ideas {
            if idea.keywords.isEmpty { faults.append("\(idea.id) has no keywords") }
            if !idea.keywords.contains(where: { model.contains($0.lowercased()) }) {
                faults.append("the model answer lacks \(idea.id)")
            }
        }
        if Set(ideas.map(\.id)).count != ideas.count { faults.append("two ideas have one id") }
        return faults
    }

    private func proofs(_ item: QuizItem) -> [String] {
        let results = item.proof.map { Proof.check($0, rfc: rfc) }
        let faults = results.compactMap { if case .fault(let what) = $0 { what } else { nil } }
        switch item.body {
        case .hex(let hex):
            return faults + (results.contains { $0.bytes == hex.answer } ? [] : ["no proof line gives the answer"])
        case .number(let number):
            return faults + (results.contains { $0.gives(number) } ? [] : ["no proof line gives the answer"])
        case .fill(let fill):
            let accepted = fill.blanks.flatMap(\.accepted)
            return faults
                + results.compactMap { result in
                    guard case .given("accept", let given) = result, !accepted.contains(given) else { return nil }
                    return "the proved answer \(given) is not accepted"
                }
        case .trueFalse, .single, .predict, .multiple, .order, .match, .free: return faults
        }
    }
}

extension Proof.Result {
    fileprivate var bytes: [UInt8]? { if case .given(_, let text) = self { HexText.parse(text) } else { nil } }

    fileprivate func gives(_ number: QuizNumber) -> Bool {
        switch self {
        case .fault: false
        case .quote(let words): words.split { !$0.isNumber && $0 != "." }.contains { Double($0) == number.answer }
        case .given(let name, let text):
            ["math", "header-size", "count", "length"].contains(name)
                && abs((Double(text) ?? .nan) - number.answer) <= max(number.tolerance, 0.0006)
        }
    }
}

extension String {
    var words: Int { split(whereSeparator: \.isWhitespace).count }

    /// How many sentences end in it.
    var sentences: Int { matches(of: #/[.;:!?…](?=\s|$|[")])/#).count }
}

extension QuizItem {
    /// All text that is shown.
    var strings: [String] {
        var strings = [question, explanation] + [context, bytes].compactMap { $0 }
        strings += body.choices.flatMap { [$0.text, $0.why] } + body.wrong.flatMap { [$0.answer, $0.why] }
        switch body {
        case .order(let steps): strings += steps
        case .match(let pairs): strings += pairs.flatMap { [$0.left, $0.right, $0.why] }
        case .fill(let fill): strings += [fill.text] + fill.blanks.flatMap(\.accepted)
        case .free(let essay): strings += [essay.model] + essay.ideas.flatMap { [$0.text] + $0.keywords }
        case .trueFalse, .single, .predict, .multiple, .number, .hex: break
        }
        return strings
    }
}
