import Wire

/// A quiz line by line: what to print for a view, and what a typed line means.
package struct PlainQuiz {
    private let text: PlainText

    package init(width: Int) { text = PlainText(width: width) }

    /// What to print when a view is shown for the first time.
    package func lines(_ view: QuizView) -> [String] {
        switch view.stage {
        case .asking(let question):
            ["", "\(view.position) of \(view.count)  \(view.title)\(question.isRepeated ? "  (once more)" : "")", ""]
                + self.question(question.context, question.bytes, question.question) + ["  (\(question.task))"]
                + rows(question.input) + hints(question)
        case .corrected(let correction): self.correction(correction)
        case .finished(let summary): self.summary(summary)
        }
    }

    /// What is asked of the next line; empty where nothing is.
    package func prompt(_ view: QuizView) -> String {
        switch view.stage {
        case .finished: return ""
        case .corrected: return "enter next  /undo  /lower  /quit › "
        case .asking(let question):
            return needsConfidence(question) ? "how sure?  1 guess  2 think  3 sure › " : "\(format(question.input)) › "
        }
    }

    /// The events of a typed line; a text where it cannot be understood.
    package func events(_ line: String, _ view: QuizView) -> Result<[QuizEvent], PlainProblem> {
        let line = line.trimmed
        switch line.lowercased() {
        case "/quit", "/q": return .success([.finish])
        case "/undo", "/u": return .success([.undo])
        case "/lower": return .success([.lower])
        case "/hint", "/h": return .success([.hint])
        case "/skip", "/s": return .success([.skip])
        case "/flag": return .success([.flag])
        case "?", "/help": return .failure(PlainProblem(help(view)))
        default: break
        }
        if line.hasPrefix("/go "), let number = Int(line.dropFirst(4)) { return .success([.go(to: number - 1)]) }
        switch view.stage {
        case .finished: return .success([])
        case .corrected: return .success([.next])
        case .asking(let question):
            if needsConfidence(question) { return confidence(line) }
            return PlainAnswer.events(line, question.input).map { isFree(question.input) ? $0 + [.submit] : $0 }
        }
    }

    private func confidence(_ line: String) -> Result<[QuizEvent], PlainProblem> {
        let known: [(String, Confidence)] = [
            ("1", .guess), ("2", .think), ("3", .sure), ("guess", .guess), ("think", .think), ("sure", .sure),
            ("g", .guess), ("t", .think), ("s", .sure),
        ]
        guard let match = known.first(where: { $0.0 == line.lowercased() }) else {
            return .failure(
                PlainProblem("Say 1, 2 or 3: how sure are you? Being sure and wrong is how one learns best."))
        }
        return .success([.sure(match.1), .submit])
    }

    /// Only how sure one is, is missing.
    private func needsConfidence(_ question: QuizQuestion) -> Bool {
        question.isAnswered && question.confidence == nil && !isFree(question.input)
    }

    private func isFree(_ input: QuizInput) -> Bool {
        switch input {
        case .essay, .ideas: true
        case .truths, .options, .number, .hex, .order, .match, .fill: false
        }
    }

    private func format(_ input: QuizInput) -> String {
        switch input {
        case .truths(let rows):
            "t or f for each, such as \(rows.indices.map { $0 % 2 == 0 ? "t" : "f" }.joined(separator: " "))"
        case .options(_, let isMany): isMany ? "letters, such as a c" : "a letter"
        case .number(_, let unit): unit.isEmpty ? "a number" : "a number (\(unit))"
        case .hex: "bytes, such as 48 65"
        case .order(let rows):
            "the letters in order, such as \(rows.indices.reversed().map(PlainText.letter).joined(separator: " "))"
        case .match(let lefts, _, _):
            "a letter for each number, such as \(lefts.indices.reversed().map(PlainText.letter).joined(separator: " "))"
        case .fill(_, let blanks): blanks.count == 1 ? "the gap" : "the gaps in order, with | between"
        case .essay: "your answer in one line"
        case .ideas: "the numbers of what you said, such as 1 3, or - for none"
        }
    }

    private func help(_ view: QuizView) -> String {
        let exam =
            view.sheet.isEmpty
            ? "/hint  a hint, costs a grade\n" : "/go N  go to a question\n/flag  mark it to come back to\n"
        return exam + "/skip  later\n/undo  take the last answer back\n/quit  leave; what was answered is saved"
    }
}

/// Why a typed line was not understood.
package struct PlainProblem: Error, Hashable, Sendable {
    package let text: String

    init(_ text: String) { self.text = text }
}

extension String {
    var trimmed: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}

/// Printing.
extension PlainQuiz {
    private func question(_ context: String?, _ bytes: String?, _ question: String) -> [String] {
        var lines = context.map { text.block($0) + [""] } ?? []
        if let bytes { lines += text.block(bytes) + [""] }
        return lines + text.lines(question, mark: "  ")
    }

    private func rows(_ input: QuizInput) -> [String] {
        switch input {
        case .truths(let rows): return [""] + rows.enumerated().flatMap { text.lines($1.text, mark: "  \($0 + 1)  ") }
        case .options(let rows, _):
            return [""] + rows.enumerated().flatMap { text.lines($1.text, mark: "  \(PlainText.letter($0))  ") }
        case .order(let rows):
            return [""] + rows.enumerated().flatMap { text.lines($1, mark: "  \(PlainText.letter($0))  ") }
        case .match(let lefts, let rights, _):
            return [""] + lefts.enumerated().flatMap { text.lines($1, mark: "  \($0 + 1)  ") } + [""]
                + rights.enumerated().flatMap { text.lines($1, mark: "  \(PlainText.letter($0))  ") }
        case .fill(let template, _):
            return [""] + text.lines(FillText.filling(template) { "[\($0)]" }, mark: "  ")
        case .number, .hex, .essay: return []
        case .ideas(let own, let model, let rows):
            return ["", "  Your answer:"] + text.lines(own, mark: "    ") + ["", "  A model answer:"]
                + text.lines(model, mark: "    ") + [""]
                + rows.enumerated().flatMap {
                    text.lines($1.text + ($1.isSuggested ? " *" : ""), mark: "  \($0 + 1)  ")
                }
                + ["", "  * a word of it is in your answer; whether you said it, you decide"]
        }
    }

    private func hints(_ question: QuizQuestion) -> [String] {
        question.hints.isEmpty ? [] : [""] + question.hints.flatMap { text.lines($0, mark: "  Hint: ") }
    }

    private func correction(_ correction: QuizCorrection) -> [String] {
        var lines = ["", "\(correction.isRight ? "✓" : "✗") \(correction.headline)"]
        if correction.isHypercorrection {
            lines += text.lines("You were sure. This is worth reading slowly:", mark: "  ")
        }
        for row in correction.rows {
            let sign = row.mark == .right ? "✓" : row.mark == .wrong ? "✗" : "·"
            let verdict = row.verdict.isEmpty ? "" : row.text.isEmpty ? row.verdict : ": \(row.verdict)"
            lines += text.lines(row.text + verdict, mark: "  \(sign) ")
            if !row.why.isEmpty { lines += text.lines(row.why, mark: "      ") }
        }
        lines += [""] + text.lines(correction.explanation, mark: "  ")
        for refuted in correction.refuted {
            lines += text.lines("\(refuted.id) “\(refuted.belief)” No: \(refuted.truth)", mark: "  ")
        }
        lines += text.lines(text.source(correction.references, lesson: correction.lesson), mark: "  ")
        lines += text.lines(next(correction), mark: "  ")
        return lines
    }

    private func next(_ correction: QuizCorrection) -> String {
        let days = correction.days == 1 ? "tomorrow" : "in \(correction.days) days"
        let leech =
            correction.isLeech && correction.lesson != nil
            ? " You forget it often: ws101 lesson \(correction.lesson ?? 1) helps more." : ""
        let here = correction.comesBack ? "Comes back in this sitting, and then \(days)." : "Comes back \(days)."
        return "Graded \(correction.grade.name). \(here)\(leech)"
    }

    private func summary(_ summary: QuizSummary) -> [String] {
        var lines = summary.corrections.flatMap { correction in
            ["", "─────"] + question(correction.context, correction.bytes, correction.question)
                + self.correction(correction)
        }
        lines += [
            "",
            "\(summary.right) of \(summary.answered) right"
                + (summary.unanswered > 0 ? ", \(summary.unanswered) not answered" : ""),
        ]
        for weak in summary.weak { lines.append("  ✗ \(weak.wrong)  \(weak.name)") }
        return lines + text.lines(summary.advice)
    }
}
