import Wire

/// What there is to say to an answer.
package struct Judgement: Hashable, Sendable {
    package struct Remark: Hashable, Sendable {
        package let isRight: Bool
        package let text: String
        package let misconception: String?
    }

    package let isRight: Bool
    /// The answer as it was understood, such as `b`.
    package let answer: String
    package let remarks: [Remark]
}

extension Question {
    /// Why an answer says nothing, for a person.
    package struct Unreadable: Error, Hashable, Sendable {
        package let why: String
    }

    /// - Parameters:
    ///   - typed: What the learner typed.
    ///   - measured: What the lab measured, for `measure`.
    package func judge(_ typed: String, measured: Double? = nil) throws(Unreadable) -> Judgement {
        let answer = typed.trimmed
        guard !answer.isEmpty else { throw Unreadable(why: "Type \(howToAnswer).") }
        switch kind {
        case .options(let options): return judge(try letters(answer, of: options.count), options)
        case .statements(let statements): return try judge(answer, statements)
        case .order(let steps): return try judge(answer, order: steps)
        case .number(let right, _, let tolerance):
            return judge(answer, isRight: abs(try number(answer) - right) <= tolerance)
        case .measure(_, let tolerance):
            guard let measured else { throw Unreadable(why: "The lab has to measure it first; run the lab.") }
            let isRight = abs(try number(answer) - measured) <= abs(measured) * tolerance
            let remark = Judgement.Remark(
                isRight: isRight, text: "The log says \(Figure.text(measured)).", misconception: nil)
            return Judgement(isRight: isRight, answer: answer, remarks: [remark])
        case .hex(let right):
            do {
                let bytes = try HexBytes.parse(answer)
                return judge(answer, isRight: bytes == right)
            } catch {
                throw Unreadable(why: "\(error)")
            }
        case .words(let words):
            return judge(answer, isRight: words.contains { $0.lowercased() == answer.lowercased() })
        case .recall: return Judgement(isRight: true, answer: answer, remarks: [])
        }
    }

    private func judge(_ chosen: [Int], _ options: [Option]) -> Judgement {
        let right = options.indices.filter { options[$0].isRight }
        let isRight = chosen.sorted() == right
        var remarks = chosen.map { index in
            Judgement.Remark(
                isRight: options[index].isRight, text: options[index].why,
                misconception: options[index].isRight ? nil : options[index].misconception)
        }
        if !isRight, remarks.allSatisfy(\.isRight) {
            remarks.append(Judgement.Remark(isRight: false, text: "That is not all.", misconception: nil))
        }
        return Judgement(isRight: isRight, answer: chosen.map(Question.letter).joined(), remarks: remarks)
    }

    private func letters(_ answer: String, of count: Int) throws(Unreadable) -> [Int] {
        var chosen: [Int] = []
        for character in answer.lowercased() where !character.isWhitespace && character != "," {
            guard let value = character.asciiValue, value >= 97, Int(value) - 97 < count,
                !chosen.contains(Int(value) - 97)
            else { throw Unreadable(why: "Type \(howToAnswer).") }
            chosen.append(Int(value) - 97)
        }
        return chosen
    }

    private func judge(_ answer: String, _ statements: [Statement]) throws(Unreadable) -> Judgement {
        let said = answer.lowercased().filter { !$0.isWhitespace && $0 != "," }
        guard said.count == statements.count, said.allSatisfy({ "tf".contains($0) }) else {
            throw Unreadable(why: "Type \(howToAnswer).")
        }
        let remarks = zip(said, statements).map { letter, statement in
            let isRight = (letter == "t") == statement.isTrue
            return Judgement.Remark(
                isRight: isRight, text: statement.why, misconception: isRight ? nil : statement.misconception)
        }
        return Judgement(isRight: remarks.allSatisfy(\.isRight), answer: said, remarks: remarks)
    }

    private func judge(_ answer: String, order steps: [String]) throws(Unreadable) -> Judgement {
        let chosen = try letters(answer, of: steps.count)
        guard chosen.count == steps.count else { throw Unreadable(why: "Type \(howToAnswer).") }
        let places = shuffled(steps.count)
        let order = chosen.map { places[$0] }
        let first = order.indices.first { order[$0] != $0 }
        let remark = first.map {
            Judgement.Remark(
                isRight: false,
                text: "Place \($0 + 1) is not right yet: \"\(steps[order[$0]])\" comes "
                    + (order[$0] > $0 ? "later." : "earlier."), misconception: nil)
        }
        return Judgement(
            isRight: first == nil, answer: chosen.map(Question.letter).joined(), remarks: remark.map { [$0] } ?? [])
    }

    private func number(_ answer: String) throws(Unreadable) -> Double {
        guard let number = Figure.parse(answer) else { throw Unreadable(why: "Type \(howToAnswer).") }
        return number
    }

    private func judge(_ answer: String, isRight: Bool) -> Judgement {
        let known = wrong.first { Question.isSame($0.answer, answer) }
        let remark =
            isRight
            ? nil
            : known.map {
                Judgement.Remark(isRight: false, text: $0.why, misconception: $0.misconception)
            }
        return Judgement(isRight: isRight, answer: answer, remarks: remark.map { [$0] } ?? [])
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        if let one = Figure.parse(left), let other = Figure.parse(right) { return one == other }
        if let one = try? HexBytes.parse(left), let other = try? HexBytes.parse(right) { return one == other }
        return left.lowercased() == right.lowercased()
    }
}
