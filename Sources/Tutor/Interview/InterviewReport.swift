/// An interview that is over.
package struct InterviewReport: Hashable, Sendable, Codable {
    package struct Drill: Hashable, Sendable, Codable {
        package let title: String
        /// 0…1.
        package let share: Double
        package let lines: [String]
    }

    /// What changed since the interview before.
    package struct Difference: Hashable, Sendable, Codable {
        /// The day of that one, such as 2026-09-01.
        package let since: String
        /// The difference of the overall share, −1…1.
        package let share: Double
        /// By dimension, as named.
        package let dimensions: [String: Double]
        /// Of questions that were in both, by id.
        package let questions: [String: Double]
    }

    /// Such as 2026-09-01.
    package let date: String
    package let level: String
    package let minutes: Int
    /// Over all questions, 0…1.
    package let share: Double
    package let band: String
    /// Over all questions, in the order of the dimensions.
    package let dimensions: [InterviewVerdict.Dimension]
    package let verdicts: [InterviewVerdict]
    package let drills: [Drill]
    /// Three missed points that weigh most, with the lesson that mends each.
    package let work: [Work]
    package let difference: Difference?

    package struct Work: Hashable, Sendable, Codable {
        package let text: String
        package let lesson: Int
        package let references: [String]
    }
}

extension InterviewReport {
    init(
        date: String, state: InterviewState, verdicts: [InterviewVerdict], drills: [Drill], book: InterviewBook,
        before: InterviewReport?
    ) {
        let share = InterviewReport.mean(verdicts.map(\.share))
        let dimensions = InterviewBook.Dimension.allCases.map { dimension in
            let share = InterviewReport.mean(
                verdicts.flatMap { $0.dimensions.filter { $0.dimension == dimension }.map(\.share) })
            return InterviewVerdict.Dimension(
                dimension: dimension, name: book.dimensions[dimension] ?? dimension.rawValue, share: share,
                band: book.band(share).name)
        }
        self.date = date
        level = state.level.rawValue
        minutes = state.minutes
        self.share = share
        band = book.band(share, wrong: verdicts.reduce(0) { $0 + $1.wrong.count }).name
        self.dimensions = dimensions
        self.verdicts = verdicts
        self.drills = drills
        work = InterviewReport.work(verdicts)
        difference = before.map { InterviewReport.difference(share, dimensions, verdicts, $0) }
    }

    private static func mean(_ shares: [Double]) -> Double {
        shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
    }

    /// One of each question in turn, so that one bad answer does not take all three places.
    private static func work(_ verdicts: [InterviewVerdict]) -> [Work] {
        var work: [Work] = []
        let worst = verdicts.sorted { $0.share < $1.share }
        for round in 0..<3 {
            for verdict in worst where work.count < 3 && round < verdict.missed.count {
                let missed = verdict.missed[round]
                work.append(Work(text: missed.text, lesson: verdict.lesson, references: missed.references))
            }
        }
        return work
    }

    private static func difference(
        _ share: Double, _ dimensions: [InterviewVerdict.Dimension], _ verdicts: [InterviewVerdict],
        _ before: InterviewReport
    ) -> Difference {
        let earlier = Dictionary(before.dimensions.map { ($0.dimension, $0.share) }) { first, _ in first }
        let questions = Dictionary(before.verdicts.map { ($0.question, $0.share) }) { first, _ in first }
        return Difference(
            since: before.date, share: share - before.share,
            dimensions: Dictionary(
                dimensions.compactMap { now in earlier[now.dimension].map { (now.name, now.share - $0) } }
            ) { first, _ in first },
            questions: Dictionary(
                verdicts.compactMap { now in questions[now.question].map { (now.question, now.share - $0) } }
            ) { first, _ in first })
    }
}
