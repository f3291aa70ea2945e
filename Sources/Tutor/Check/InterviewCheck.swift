/// What is demanded of the interview: the ten questions in order, each with a rubric whose model answer would be strong.
struct InterviewCheck {
    let catalogue: Catalogue

    static let prompts = [
        "What is WebSocket?", "WebSocket vs HTTP?", "How does the WebSocket handshake work?",
        "When should you use WebSockets?", "How do you scale WebSockets?",
        "How do you authenticate WebSocket connections?",
        "What is backpressure?", "WebSocket vs Server-Sent Events?", "What are WebSocket limitations?",
        "Common WebSocket pitfalls?",
    ]

    func faults(_ book: InterviewBook, file: String) -> [QuizFault] {
        var faults: [(String, String)] = []
        if book.questions.map(\.prompt) != InterviewCheck.prompts {
            faults.append(("", "needs the ten questions of the outline in order"))
        }
        for question in book.questions { faults += self.faults(question, book).map { (question.id, $0) } }
        faults += drills(book)
        return faults.map { QuizFault(file: file, line: 0, column: 0, id: $0.0, what: $0.1) }
    }

    private func faults(_ question: InterviewBook.Question, _ book: InterviewBook) -> [String] {
        var faults: [String] = []
        if Set(question.levels.keys) != Set(QuizItem.Level.allCases.map(\.rawValue)) {
            faults.append("needs a hint for each level")
        }
        let ideas = Set(question.ideas.map(\.id))
        if ideas.count != question.ideas.count { faults.append("ids of ideas are not unique") }
        for idea in question.ideas where idea.keywords.isEmpty { faults.append("\(idea.id) has no keywords") }
        let check = ItemCheck(catalogue: catalogue, rfc: nil)
        faults += (question.ideas.map(\.references) + question.followUps.map(\.references)).flatMap(check.references)
        for wrong in question.wrong {
            if let id = wrong.misconception, catalogue.misconceptions[id] == nil {
                faults.append("unknown misconception \(id)")
            }
        }
        for followUp in question.followUps where !ideas.contains(followUp.missing) {
            faults.append("\(followUp.id) names the unknown idea \(followUp.missing)")
        }
        if Set(question.followUps.map(\.missing)).count < 3 {
            faults.append("needs at least three follow-ups for different ideas")
        }
        if question.wrong.count < 3 { faults.append("needs at least three wrong answers") }
        if !(60...120).contains(question.model.words) {
            faults.append("the model answer has \(question.model.words) words, not 60 to 120")
        }
        return faults + model(question, book) + ItemCheck.plain(texts(question))
    }

    /// Who gives the model answer must be called strong.
    private func model(_ question: InterviewBook.Question, _ book: InterviewBook) -> [String] {
        let text = question.model.lowercased()
        let said = question.ideas.filter { $0.keywords.contains { text.contains($0.lowercased()) } }
        let share =
            Double(said.reduce(0) { $0 + $1.weight }) / Double(max(1, question.ideas.reduce(0) { $0 + $1.weight }))
        guard share < (book.bands.first?.share ?? 1) else { return [] }
        let missed = question.ideas.filter { idea in !said.contains { $0.id == idea.id } }.map(\.id)
        return ["the model answer would not be strong: lacks \(missed.joined(separator: ", "))"]
    }

    private func texts(_ question: InterviewBook.Question) -> [String] {
        [question.prompt, question.model] + question.levels.values + question.ideas.map(\.text)
            + question.wrong.flatMap { [$0.says, $0.correction] }
            + question.followUps.flatMap { [$0.prompt, $0.answer] }
    }

    private func drills(_ book: InterviewBook) -> [(String, String)] {
        var faults: [(String, String)] = []
        let template = book.template
        if template.parts.count != 5 || template.sentences.count != 5 {
            faults.append(("template", "needs five parts and five sentences"))
        }
        if !(200...240).contains(template.text.words) || template.model.words > template.words {
            faults.append(("template", "cut: \(template.text.words) to \(template.model.words) words"))
        }
        for fact in template.keep {
            for text in [template.text.lowercased(), template.model.lowercased()]
            where !fact.keywords.contains(where: { text.contains($0.lowercased()) }) {
                faults.append(("template", "cut: “\(fact.text)” is missing in “\(text.prefix(20))…”"))
            }
        }
        let summary = book.summary
        if summary.model.words > summary.words || summary.words > 150 || summary.ideas.count != 8 {
            faults.append(("summary", "needs eight ideas and at most 150 words"))
        }
        faults += ItemCheck.ideas(summary.ideas, model: summary.model).map { ("summary", $0) }
        let points = Set(catalogue.outline.map(\.id))
        for (id, outline) in [(template.id, template.outline), (summary.id, summary.outline)] {
            faults += outline.filter { !points.contains($0) }.map { (id, "unknown outline point \($0)") }
        }
        return faults
    }
}
