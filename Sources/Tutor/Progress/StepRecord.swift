/// How far a step of a lesson has come.
package struct StepRecord: Hashable, Sendable, Codable {
    package enum Status: String, Hashable, Sendable, Codable {
        case begun, done
        /// The learner looked at the solution.
        case givenUp
    }

    /// Stable, such as "how-it-works.unmask".
    package let id: String
    package var status: Status
    /// What was predicted, once it is locked in.
    package var prediction: String?
    package var attempts: Int
    /// The highest level of hint that was shown, 0…3.
    package var hints: Int
    /// What is being written and was not handed in.
    package var draft: String?

    package init(
        id: String, status: Status = .begun, prediction: String? = nil, attempts: Int = 0, hints: Int = 0,
        draft: String? = nil
    ) {
        self.id = id
        self.status = status
        self.prediction = prediction
        self.attempts = attempts
        self.hints = hints
        self.draft = draft
    }
}
