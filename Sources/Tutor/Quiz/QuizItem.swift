/// One question of the bank, written or generated.
package struct QuizItem: Hashable, Sendable {
    package enum Level: String, Hashable, Sendable, Codable, CaseIterable { case junior, mid, senior }

    /// Stable: answers are kept under it. Of a generated item, the generator's.
    package let id: String
    package let question: String
    /// Shown above the question, with its line breaks: a request, code, a scene.
    package let context: String?
    /// Hex pairs, shown above the question.
    package let bytes: String?
    package let body: QuizBody
    /// The full correction, shown after every answer.
    package let explanation: String
    /// Such as "RFC 6455 §5.2".
    package let references: [String]
    /// 1…12; nil in what was imported.
    package let lesson: Int?
    /// Which of the ten questions of the interview it serves.
    package let interview: [Int]
    package let concepts: [String]
    /// The id of a confusable set.
    package let confusable: String?
    package let level: Level
    /// The id of an item that asks the same in other words or with other numbers.
    package let variant: String?
    /// Points of the outline that it asks about.
    package let outline: [String]
    package let proof: [String]
    /// Of a generated item; makes it again.
    package let seed: UInt64?

    package init(
        id: String, question: String, context: String? = nil, bytes: String? = nil, body: QuizBody,
        explanation: String, references: [String], lesson: Int?, interview: [Int] = [], concepts: [String],
        confusable: String? = nil, level: Level = .mid, variant: String? = nil, outline: [String] = [],
        proof: [String] = [], seed: UInt64? = nil
    ) {
        self.id = id
        self.question = question
        self.context = context
        self.bytes = bytes
        self.body = body
        self.explanation = explanation
        self.references = references
        self.lesson = lesson
        self.interview = interview
        self.concepts = concepts
        self.confusable = confusable
        self.level = level
        self.variant = variant
        self.outline = outline
        self.proof = proof
        self.seed = seed
    }
}
