import Wire

/// An interview line by line: what to print for a view, and what a typed line means.
package struct PlainInterview {
    private let text: PlainText

    package init(width: Int) { text = PlainText(width: width) }

    /// What to print when a view is shown for the first time.
    package func lines(_ view: InterviewView) -> [String] {
        let head = ["", "\(view.title)  \(view.position) of \(view.count)", ""]
        switch view.stage {
        case .intro(let lines): return head + lines.flatMap { text.lines($0, mark: "  ") }
        case .think(let prompt, let hint):
            return head + text.lines(prompt, mark: "  ") + text.lines(hint, mark: "  ") + clock("Think.", view)
        case .answer(let prompt, _, _): return [""] + text.lines(prompt, mark: "  ") + clock("Answer.", view)
        case .tick(let task, let own, let rows, let reveal): return tick(task, own, rows, reveal)
        case .followUp(let prompt, _):
            return [""] + text.lines("Follow-up: \(prompt)", mark: "  ") + clock("Answer.", view)
        case .compare(_, let own, let answer, _):
            return ["", "  Your answer:"] + text.lines(own, mark: "    ") + ["", "  A good one:"]
                + text.lines(answer, mark: "    ")
        case .verdict(let verdict): return self.verdict(verdict)
        case .order(let task, let parts, let sentences):
            return head + text.lines(task, mark: "  ")
                + text.lines("The parts: \(parts.joined(separator: ", ")).", mark: "  ") + [""]
                + sentences.enumerated().flatMap { text.lines($1, mark: "  \(PlainText.letter($0))  ") }
        case .cut(let long, let words, _):
            return head + text.lines("Say the same in \(words) words without losing a fact.", mark: "  ") + [""]
                + text.lines(long, mark: "    ") + clock("Write.", view)
        case .summary(let task, let words, _):
            return head + text.lines("\(task) At most \(words) words.", mark: "  ") + clock("Write.", view)
        case .drillResult(let title, let lines, let model):
            return ["", "  \(title)"] + lines.flatMap { text.lines($0, mark: "    ") }
                + (model.isEmpty ? [] : ["", "  A model answer:"] + text.lines(model, mark: "    "))
        case .finished(let report):
            return [""]
                + InterviewMarkdown.text(report).split(separator: "\n", omittingEmptySubsequences: false).flatMap {
                    line in
                    text.lines(String(line))
                }
        }
    }

    package func prompt(_ view: InterviewView) -> String {
        switch view.stage {
        case .intro: "enter begin  /quit › "
        case .think: "enter answer › "
        case .answer, .followUp, .cut, .summary: "lines of text, then an empty one › "
        case .tick: "the numbers, such as 1 3, or - for none › "
        case .compare: "as good?  y yes  p partly  n no › "
        case .verdict, .drillResult: "enter next › "
        case .order(_, _, let sentences):
            "the letters in order, such as \(sentences.indices.reversed().map(PlainText.letter).joined(separator: " ")) › "
        case .finished: ""
        }
    }

    /// Whether lines are collected up to an empty one.
    package func isText(_ view: InterviewView) -> Bool {
        switch view.stage {
        case .answer, .followUp, .cut, .summary: true
        case .intro, .think, .tick, .compare, .verdict, .order, .drillResult, .finished: false
        }
    }

    /// The events of what was typed; a text where it cannot be understood.
    package func events(_ typed: String, _ view: InterviewView) -> Result<[InterviewEvent], PlainProblem> {
        let line = typed.trimmed
        switch view.stage {
        case .intro, .think, .verdict, .drillResult: return .success([.next])
        case .finished: return .success([])
        case .answer, .followUp, .cut, .summary: return .success([.type(typed), .next])
        case .tick(_, _, let rows, _):
            return PlainAnswer.rows(line, rows.count).map { $0.map { .tick(row: $0) } + [.next] }
        case .compare:
            let marks: [String: InterviewState.Mark] = [
                "y": .yes, "yes": .yes, "p": .partly, "partly": .partly, "n": .no, "no": .no,
            ]
            guard let mark = marks[line.lowercased()] else { return .failure(PlainProblem("Say y, p or n.")) }
            return .success([.mark(mark), .next])
        case .order(_, _, let sentences):
            let input = QuizInput.order(sentences)
            return PlainAnswer.events(line, input).map { events in
                events.compactMap { event in
                    if case .arrange(let rows) = event { .arrange(rows) } else { nil }
                } + [.next]
            }
        }
    }

    private func clock(_ what: String, _ view: InterviewView) -> [String] {
        view.timer.map { ["", "  \(what) \($0.seconds) s would be usual; nothing cuts you off."] } ?? []
    }

    private func tick(_ task: String, _ own: String, _ rows: [InterviewView.Row], _ reveal: String) -> [String] {
        var lines = ["", "  Your answer:"] + text.lines(own, mark: "    ")
        if !reveal.isEmpty { lines += ["", "  A model answer:"] + text.lines(reveal, mark: "    ") }
        lines += [""] + text.lines(task, mark: "  ") + [""]
        lines += rows.enumerated().flatMap { text.lines($1.text + ($1.isSuggested ? " *" : ""), mark: "  \($0 + 1)  ") }
        return rows.contains(where: \.isSuggested)
            ? lines + ["", "  * a word of it is in your answer; whether you said it, you decide"] : lines
    }

    private func verdict(_ verdict: InterviewVerdict) -> [String] {
        var lines = ["", "  \(verdict.band), \(InterviewMarkdown.percent(verdict.share)) of the rubric"]
        for dimension in verdict.dimensions {
            lines.append(
                "    \(dimension.name.padded(to: 20)) \(InterviewMarkdown.percent(dimension.share).padded(to: 6)) \(dimension.band)"
            )
        }
        for missed in verdict.missed.prefix(3) {
            lines += text.lines(
                "Missed: \(missed.text) (\(missed.references.joined(separator: ", ")), lesson \(verdict.lesson))",
                mark: "  ")
        }
        for wrong in verdict.wrong { lines += text.lines("Wrong: \(wrong.says) \(wrong.correction)", mark: "  ") }
        return lines
    }
}
