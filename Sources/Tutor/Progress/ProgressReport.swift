/// How far the learner has come: what `ws101 progress` and the place Progress show.
package struct ProgressReport: Hashable, Sendable, Codable {
    /// One of the ten questions.
    package struct Question: Hashable, Sendable, Codable {
        package let id: String
        package let number: Int
        package let prompt: String
        package let lesson: Int
        /// How many items serve it, and how many of them were answered.
        package let items: Int
        package let seen: Int
        /// Predicted recall of what was answered, on the day of the interview or today, 0…1; nil where nothing was.
        package let recall: Double?
        /// The share of the rubric in the last interview that had it; nil where none had.
        package let rubric: Double?
        package let band: String?
    }

    package struct Concept: Hashable, Sendable, Codable {
        package let id: String
        package let name: String
        package let items: Int
        package let seen: Int
        /// Predicted recall on the day of the interview or today; nil where it was never asked.
        package let recall: Double?
        package let lapses: Int
        /// The lesson whose lab mends it.
        package let lesson: Int?
    }

    package struct Misconception: Hashable, Sendable, Codable {
        package let id: String
        package let belief: String
        package let truth: String
        package let lesson: Int?
    }

    /// What was done on one day.
    package struct Day: Hashable, Sendable, Codable {
        /// Such as 2026-09-01.
        package let date: String
        package let answers: Int
        package let right: Int
    }

    package let today: String
    package let interviewDate: String?
    /// Until the interview; nil where none is set or it is over.
    package let daysLeft: Int?
    package let answers: Int
    package let right: Int
    package let daysPractised: Int
    /// Items that are due now.
    package let due: Int
    /// How many fall due on each of the next 14 days, today's first.
    package let forecast: [Int]
    package let questions: [Question]
    /// All of them, in the order of the catalogue.
    package let concepts: [Concept]
    /// Those below a recall of 0.8 or forgotten often, the weakest first.
    package let weak: [Concept]
    /// Beliefs that the last answer about them still showed.
    package let misconceptions: [Misconception]
    /// The last twelve weeks, every day, the oldest first.
    package let heat: [Day]
    /// The weeks of these, the oldest first: the share of right answers, nil in a week without any.
    package let weeks: [Double?]
    /// What to do next, in a sentence.
    package let advice: String
    /// The clock was set back, or the like; nil where all is well.
    package let warning: String?
}
