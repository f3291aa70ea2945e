/// Something to do on real connections, and what must then be seen on them.
package struct Lab: Hashable, Sendable {
    /// Unique in the course; progress is stored under it.
    package let id: String
    package let title: String
    /// What the learner is to do.
    package let task: String
    /// What runs, in the order in which it starts.
    package let stage: [LabActor]
    /// Lines that are offered one by one, to send as they are or to change: the start state.
    package let draft: [String]
    /// Lines with which the checks pass.
    package let solution: [String]
    package let checks: [LabCheck]
    /// Nanoseconds that the checks may take after the last line of the solution.
    package let limit: Int64
    package let line: Int

    /// The hand that lines without a name go to; nil where the learner types into none.
    package var firstHand: String? { stage.first(where: \.isHand)?.name }
}

/// One assertion about what was seen.
package struct LabCheck: Hashable, Sendable {
    package let assertion: Assertion
    /// As the author wrote it.
    package let text: String
    /// Shown when it fails.
    package let why: String
    /// The section that demands it.
    package let reference: String
    /// What a learner who fails it may believe.
    package let misconception: String?
    package let line: Int

    package init(
        assertion: Assertion, text: String, why: String, reference: String, misconception: String?, line: Int
    ) {
        self.assertion = assertion
        self.text = text
        self.why = why
        self.reference = reference
        self.misconception = misconception
        self.line = line
    }
}
