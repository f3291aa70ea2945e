/// The ten questions with their rubrics, and the drills.
package struct InterviewBook: Hashable, Sendable {
    package enum Dimension: String, Hashable, Sendable, Codable, CaseIterable {
        case accuracy
        case tradeOffs = "trade-offs"
        case depth, structure, misconceptions
    }

    package struct Band: Hashable, Sendable, Codable {
        package let id: String
        package let name: String
        /// The least share for it, 0…1.
        package let share: Double
    }

    package struct Idea: Hashable, Sendable {
        package let id: String
        package let text: String
        package let dimension: Dimension
        /// 1…3.
        package let weight: Int
        /// Only highlighted, never scored.
        package let keywords: [String]
        package let references: [String]
    }

    /// Something that is often said and wrong.
    package struct Wrong: Hashable, Sendable {
        package let id: String
        package let says: String
        package let correction: String
        package let misconception: String?
        package let keywords: [String]
    }

    package struct FollowUp: Hashable, Sendable {
        package let id: String
        /// The idea that was missed.
        package let missing: String
        package let prompt: String
        package let answer: String
        package let references: [String]
    }

    package struct Question: Hashable, Sendable {
        package let id: String
        /// 1…10.
        package let number: Int
        package let prompt: String
        package let lesson: Int
        /// By level.
        package let levels: [String: String]
        package let ideas: [Idea]
        package let wrong: [Wrong]
        package let followUps: [FollowUp]
        package let model: String
    }

    /// The name of each dimension.
    package let dimensions: [Dimension: String]
    /// The best first.
    package let bands: [Band]
    package let questions: [Question]
    package let template: TemplateDrill
    package let summary: SummaryDrill

    /// The band of a share. The best one also needs that nothing wrong was said.
    package func band(_ share: Double, wrong: Int = 0) -> Band {
        let reached = bands.first { share >= $0.share } ?? bands[bands.count - 1]
        return reached == bands[0] && wrong > 0 && bands.count > 1 ? bands[1] : reached
    }

    package func question(_ id: String) -> Question? { questions.first { $0.id == id } }
}

/// The answer in five parts.
package struct TemplateDrill: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package let id: String
        package let name: String
        package let prompt: String
    }

    /// What must be left after cutting.
    package struct Fact: Hashable, Sendable {
        package let text: String
        package let keywords: [String]
    }

    package let id: String
    package let title: String
    package let lesson: Int
    package let seconds: Int
    package let parts: [Part]
    package let outline: [String]
    /// To be put into the order of the parts.
    package let task: String
    package let sentences: [String]
    /// To be cut to so many words without losing a fact.
    package let words: Int
    package let text: String
    package let keep: [Fact]
    package let model: String
}

/// The summary against the clock.
package struct SummaryDrill: Hashable, Sendable {
    package let id: String
    package let title: String
    package let lesson: Int
    package let seconds: Int
    package let words: Int
    package let outline: [String]
    package let ideas: [QuizEssay.Idea]
    package let model: String
}
