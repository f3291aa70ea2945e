/// What a learner does with a question. Rows count from 0, as `QuizInput` shows them.
package enum QuizEvent: Hashable, Sendable {
    /// Calls a statement true or false.
    case call(row: Int, Bool)
    /// Chooses an option; where several may be chosen, chooses it or no more.
    case choose(row: Int)
    /// The whole text of a number, of bytes or of an answer in one's own words.
    case type(String)
    /// The whole text of a gap.
    case fill(blank: Int, String)
    /// Moves a step to another place.
    case move(row: Int, to: Int)
    /// All steps at once: the rows in their new order.
    case arrange([Int])
    /// Gives a left side its right one; nil takes it away.
    case pair(left: Int, right: Int?)
    /// An idea is in one's own answer, or not.
    case tick(row: Int)
    case sure(Confidence)
    case submit
    case hint
    /// Leaves the question for the end of the sitting.
    case skip
    /// From a correction to the next question.
    case next
    /// Takes the last answer back and asks again.
    case undo
    /// One grade lower than computed: "I only knew it by luck."
    case lower
    /// In an exam: goes to a question, from 0.
    case go(to: Int)
    /// In an exam: marks a question to come back to, or not.
    case flag
    /// Ends the sitting; what was answered is kept.
    case finish
}

/// What is to be kept now. Hand it to `ProgressStore.apply` before anything else is shown.
package enum QuizEffect: Hashable, Sendable {
    case record(AnswerRecord)
    case undo(uid: String)
    case regrade(uid: String, Grade)
}
