/// What a learner does in an interview.
package enum InterviewEvent: Hashable, Sendable {
    /// On to the next stage: begin, answer, compare, next question.
    case next
    /// The whole text of an answer.
    case type(String)
    /// An idea, a wrong thing said or a part of the template is in one's own answer, or not.
    case tick(row: Int)
    /// Moves a sentence.
    case move(row: Int, to: Int)
    /// All sentences at once: the rows in their new order.
    case arrange([Int])
    /// How well a follow-up was answered.
    case mark(InterviewState.Mark)
}

/// What is to be kept now. Hand it to `ProgressStore.apply` before anything else is shown.
package enum InterviewEffect: Hashable, Sendable {
    case save(InterviewRecord)
    case record(AnswerRecord)
}
