/// How far an interview has come: everything that has to survive a `kill -9`.
package struct InterviewState: Hashable, Sendable, Codable {
    /// What an interview consists of, one after the other.
    package enum Part: Hashable, Sendable, Codable {
        /// By its id.
        case question(String)
        case order, cut, summary
    }

    package enum Stage: String, Hashable, Sendable, Codable {
        case intro
        /// The question is shown; time to think.
        case think
        case answer
        /// One's own answer beside the ideas, then beside what is often said wrong, then beside the five parts.
        case ideas, wrong, structure
        case followUp, followUpCompare
        case verdict
        /// Of a drill.
        case drill, drillResult
        case finished
    }

    /// How a follow-up was answered, as the learner sees it beside the model answer.
    package enum Mark: String, Hashable, Sendable, Codable, CaseIterable {
        case yes, partly, no

        package var share: Double {
            switch self {
            case .yes: 1
            case .partly: 0.5
            case .no: 0
            }
        }
    }

    package struct Reply: Hashable, Sendable, Codable {
        package let followUp: String
        package var text: String
        package var mark: Mark?
    }

    /// What was done in one part.
    package struct Round: Hashable, Sendable, Codable {
        package var text = ""
        package var ideas: Set<String> = []
        package var wrong: Set<String> = []
        package var structure: Set<String> = []
        package var replies: [Reply] = []
        /// Of the sentences that are put in order.
        package var order: [Int] = []
        /// Milliseconds of answering.
        package var milliseconds = 0
    }

    package let id: String
    package let level: QuizItem.Level
    package let minutes: Int
    package let parts: [Part]
    /// Milliseconds since 1970.
    package let started: Int64
    package var part = 0
    package var stage = Stage.intro
    /// Which follow-up, from 0.
    package var reply = 0
    /// One for each part.
    package var rounds: [Round]
    /// Milliseconds since 1970: when this stage began.
    package var stageBegan: Int64
}
