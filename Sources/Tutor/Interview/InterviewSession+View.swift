import Connection

/// What is shown.
extension InterviewSession {
    package var view: InterviewView {
        InterviewView(
            title: "Interview, \(state.level.rawValue), \(state.minutes) minutes", position: state.part + 1,
            count: state.parts.count, stage: stage, timer: timer, actions: actions, note: note)
    }

    private var actions: [InterviewView.Action] {
        switch state.stage {
        case .intro, .think, .verdict, .drillResult: [.next]
        case .answer, .followUp: [.type, .next]
        case .ideas, .wrong, .structure: [.tick, .next]
        case .followUpCompare: [.mark, .next]
        case .drill: part == .order ? [.move, .next] : [.type, .next]
        case .finished: []
        }
    }

    private var timer: InterviewView.Timer? {
        let seconds: Int
        switch state.stage {
        case .think: seconds = 20
        case .answer: seconds = state.level == .senior ? 180 : state.level == .mid ? 120 : 90
        case .followUp: seconds = 60
        case .drill: seconds = part == .summary ? book.summary.seconds : book.template.seconds
        case .intro, .ideas, .wrong, .structure, .followUpCompare, .verdict, .drillResult, .finished: return nil
        }
        return InterviewView.Timer(began: Timestamp(milliseconds: state.stageBegan), seconds: seconds)
    }

    private var stage: InterviewView.Stage {
        if let report { return .finished(report) }
        if state.stage == .intro { return .intro(lines: intro) }
        if let question { return stage(of: question) }
        return drillStage
    }

    private var intro: [String] {
        let questions = state.parts.count { if case .question = $0 { true } else { false } }
        let drills = state.parts.count - questions
        return [
            "\(questions) questions, \(drills == 1 ? "and a drill" : "and \(drills) drills").",
            "Each question: think, answer in writing, then compare with the rubric, point by point.",
            "Then come follow-ups about what you left out. The clock informs and never cuts you off.",
            "A good answer has five parts: \(book.template.parts.map(\.name).joined(separator: ", ")).",
        ]
    }

    private func stage(of question: InterviewBook.Question) -> InterviewView.Stage {
        let hint = question.levels[state.level.rawValue] ?? ""
        switch state.stage {
        case .answer: return .answer(prompt: question.prompt, hint: hint, text: round.text)
        case .ideas:
            return .tick(
                task: "What did you say? Tick only what is really there.", own: round.text,
                rows: question.ideas.map { row($0.text, round.ideas.contains($0.id), $0.keywords) }, reveal: "")
        case .wrong:
            return .tick(
                task: "Did you say any of this? It is often said, and wrong.", own: round.text,
                rows: question.wrong.map { wrong in
                    row("\(wrong.says) → \(wrong.correction)", round.wrong.contains(wrong.id), wrong.keywords)
                }, reveal: "")
        case .structure:
            return .tick(
                task: "Which of the five parts did your answer have?", own: round.text,
                rows: book.template.parts.map {
                    row("\($0.name): \($0.prompt)", round.structure.contains($0.id), [])
                }, reveal: question.model)
        case .followUp: return .followUp(prompt: followUp?.prompt ?? "", text: reply?.text ?? "")
        case .followUpCompare:
            return .compare(
                prompt: followUp?.prompt ?? "", own: reply?.text ?? "", answer: followUp?.answer ?? "",
                mark: reply?.mark)
        case .verdict: return .verdict(InterviewVerdict(question, round, book))
        case .intro, .think, .drill, .drillResult, .finished: return .think(prompt: question.prompt, hint: hint)
        }
    }

    private var reply: InterviewState.Reply? {
        round.replies.indices.contains(state.reply) ? round.replies[state.reply] : nil
    }

    private func row(_ text: String, _ isTicked: Bool, _ keywords: [String]) -> InterviewView.Row {
        let own = round.text.lowercased()
        return InterviewView.Row(
            text: text, isTicked: isTicked, isSuggested: keywords.contains { own.contains($0.lowercased()) })
    }

    private var drillStage: InterviewView.Stage {
        if state.stage == .drillResult, let result = DrillResult(part, round, book) {
            return .drillResult(title: result.title, lines: result.lines, model: result.model)
        }
        let template = book.template
        switch part {
        case .cut: return .cut(text: template.text, words: template.words, own: round.text)
        case .order, .question:
            return .order(
                task: template.task, parts: template.parts.map(\.name),
                sentences: round.order.map { template.sentences[$0] })
        case .summary:
            return .summary(
                task: "Say what a WebSocket is, when to use it and what it takes, in one minute.",
                words: book.summary.words, own: round.text)
        }
    }
}
