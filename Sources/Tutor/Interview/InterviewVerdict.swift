/// The verdict on one answer.
package struct InterviewVerdict: Hashable, Sendable, Codable {
    package struct Dimension: Hashable, Sendable, Codable {
        package let dimension: InterviewBook.Dimension
        package let name: String
        /// 0…1.
        package let share: Double
        package let band: String
    }

    package struct Missed: Hashable, Sendable, Codable {
        package let id: String
        package let text: String
        package let references: [String]
    }

    package struct Said: Hashable, Sendable, Codable {
        package let says: String
        package let correction: String
        package let misconception: String?
    }

    package let question: String
    package let prompt: String
    package let lesson: Int
    /// Of the weight of all ideas, 0…1.
    package let share: Double
    package let band: String
    package let dimensions: [Dimension]
    package let missed: [Missed]
    package let wrong: [Said]
    package let seconds: Int
    package let answer: String
}

extension InterviewVerdict {
    init(_ question: InterviewBook.Question, _ round: InterviewState.Round, _ book: InterviewBook) {
        let share = InterviewVerdict.share(of: question.ideas, round)
        let missed = question.ideas.filter { !round.ideas.contains($0.id) }.sorted { $0.weight > $1.weight }
        self.question = question.id
        prompt = question.prompt
        lesson = question.lesson
        self.share = share
        band = book.band(share, wrong: round.wrong.count).name
        dimensions = InterviewBook.Dimension.allCases.map { dimension in
            let share = InterviewVerdict.share(dimension, question, round, book)
            return Dimension(
                dimension: dimension, name: book.dimensions[dimension] ?? dimension.rawValue, share: share,
                band: book.band(share).name)
        }
        self.missed = missed.map { Missed(id: $0.id, text: $0.text, references: $0.references) }
        wrong = question.wrong.filter { round.wrong.contains($0.id) }.map {
            Said(says: $0.says, correction: $0.correction, misconception: $0.misconception)
        }
        seconds = round.milliseconds / 1000
        answer = round.text
    }

    private static func share(of ideas: [InterviewBook.Idea], _ round: InterviewState.Round) -> Double {
        let all = ideas.reduce(0) { $0 + $1.weight }
        let told = ideas.reduce(0) { $0 + (round.ideas.contains($1.id) ? $1.weight : 0) }
        return all == 0 ? 1 : Double(told) / Double(all)
    }

    private static func share(
        _ dimension: InterviewBook.Dimension, _ question: InterviewBook.Question, _ round: InterviewState.Round,
        _ book: InterviewBook
    ) -> Double {
        let ideas = question.ideas.filter { $0.dimension == dimension }
        switch dimension {
        case .accuracy, .tradeOffs: return share(of: ideas, round)
        case .depth:
            // What a follow-up brought out counts as much as two points of the rubric.
            let marks = round.replies.compactMap(\.mark)
            let weight = Double(ideas.reduce(0) { $0 + $1.weight })
            let told = share(of: ideas, round) * weight + marks.reduce(0) { $0 + $1.share * 2 }
            let all = weight + Double(marks.count * 2)
            return all == 0 ? 1 : told / all
        case .structure: return Double(round.structure.count) / Double(max(1, book.template.parts.count))
        case .misconceptions:
            return 1 - Double(round.wrong.count) / Double(max(1, question.wrong.count))
        }
    }

    /// The grade for the schedule.
    var grade: Grade {
        if share < 0.4 || !wrong.isEmpty && share < 0.65 { return .again }
        if share < 0.65 || !wrong.isEmpty { return .hard }
        return share < 0.85 ? .good : .easy
    }
}
