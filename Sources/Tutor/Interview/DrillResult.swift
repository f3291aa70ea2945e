/// What became of a drill.
struct DrillResult {
    let title: String
    /// 0…1.
    let share: Double
    let lines: [String]
    let model: String

    var report: InterviewReport.Drill { InterviewReport.Drill(title: title, share: share, lines: lines) }

    /// nil for a question.
    init?(_ part: InterviewState.Part, _ round: InterviewState.Round, _ book: InterviewBook) {
        switch part {
        case .question: return nil
        case .order: self.init(order: round, book.template)
        case .cut: self.init(cut: round, book.template)
        case .summary: self.init(summary: round, book.summary)
        }
    }

    private init(order round: InterviewState.Round, _ drill: TemplateDrill) {
        let right = zip(round.order, drill.sentences.indices).count { $0 == $1 }
        title = "\(drill.title): the order"
        share = Double(right) / Double(max(1, drill.sentences.count))
        lines = zip(drill.parts, drill.sentences.indices).map { part, index in
            let isRight = round.order.indices.contains(index) && round.order[index] == index
            return "\(isRight ? "✓" : "✗") \(part.name): \(drill.sentences[index])"
        }
        model = ""
    }

    private init(cut round: InterviewState.Round, _ drill: TemplateDrill) {
        let text = round.text.lowercased()
        let kept = drill.keep.map { fact in fact.keywords.contains { text.contains($0.lowercased()) } }
        let words = DrillResult.words(round.text)
        title = "\(drill.title): cut to \(drill.words) words"
        share =
            Double(kept.count { $0 }) / Double(max(1, kept.count)) * min(1, Double(drill.words) / Double(max(1, words)))
        lines =
            [DrillResult.count(words, of: drill.words)]
            + zip(drill.keep, kept).map { "\($1 ? "✓" : "✗") \($0.text)" }
        model = drill.model
    }

    private init(summary round: InterviewState.Round, _ drill: SummaryDrill) {
        let text = round.text.lowercased()
        let said = drill.ideas.map { idea in idea.keywords.contains { text.contains($0.lowercased()) } }
        let words = DrillResult.words(round.text)
        title = drill.title
        share =
            Double(said.count { $0 }) / Double(max(1, said.count)) * min(1, Double(drill.words) / Double(max(1, words)))
        lines =
            [DrillResult.count(words, of: drill.words) + ", \(round.milliseconds / 1000) s of \(drill.seconds)"]
            + zip(drill.ideas, said).map { "\($1 ? "✓" : "✗") \($0.text)" }
        model = drill.model
    }

    static func words(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }

    private static func count(_ words: Int, of limit: Int) -> String {
        "\(words) words of \(limit)\(words > limit ? ": too many" : "")"
    }
}
