package import Connection

/// What an interview shows now: a value without colours, keys or widths.
package struct InterviewView: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package let text: String
        package let isTicked: Bool
        /// One of its words is in the learner's text: a suggestion, no more.
        package let isSuggested: Bool
    }

    /// Informs and never cuts off.
    package struct Timer: Hashable, Sendable {
        package let began: Timestamp
        package let seconds: Int
    }

    package enum Stage: Hashable, Sendable {
        case intro(lines: [String])
        /// - Parameter hint: What this level is expected to say.
        case think(prompt: String, hint: String)
        case answer(prompt: String, hint: String, text: String)
        /// Rows to be ticked beside one's own text. `reveal` is what is said about it: the model answer, corrections.
        case tick(task: String, own: String, rows: [Row], reveal: String)
        case followUp(prompt: String, text: String)
        case compare(prompt: String, own: String, answer: String, mark: InterviewState.Mark?)
        case verdict(InterviewVerdict)
        case order(task: String, parts: [String], sentences: [String])
        /// - Parameter text: To be cut.
        case cut(text: String, words: Int, own: String)
        case summary(task: String, words: Int, own: String)
        /// What became of a drill.
        case drillResult(title: String, lines: [String], model: String)
        case finished(InterviewReport)
    }

    package let title: String
    /// From 1, of the questions and drills.
    package let position: Int
    package let count: Int
    package let stage: Stage
    package let timer: Timer?
    /// Of those that make sense now.
    package let actions: [Action]
    package let note: String?

    package enum Action: Hashable, Sendable { case next, type, tick, move, mark }
}
