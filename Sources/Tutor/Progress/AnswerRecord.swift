package import Connection

/// An answer that was given, as it is kept.
package struct AnswerRecord: Hashable, Sendable {
    package enum Mode: String, Hashable, Sendable, Codable { case quiz, exam, review, interview }

    /// A belief of the catalogue that the answer showed, or refuted.
    package struct Belief: Hashable, Sendable {
        /// Such as "M04".
        package let misconception: String
        package let isHeld: Bool

        package init(misconception: String, isHeld: Bool) {
            self.misconception = misconception
            self.isHeld = isHeld
        }
    }

    /// Unique among all answers there are; who imports an answer twice has it once.
    package let uid: String
    /// The item or the interview's question, and the concepts that were asked with it.
    package let card: Card.Key
    package let concepts: [String]
    /// Of a generated item; nil for a written one.
    package let seed: UInt64?
    package let mode: Mode
    package let time: Timestamp
    /// The learner's day.
    package let day: Int
    /// 0…1.
    package let score: Double
    package let isRight: Bool
    package let confidence: Confidence?
    package let hints: Int
    package let milliseconds: Int
    package let grade: Grade
    /// What was answered, as text.
    package let given: String
    package let beliefs: [Belief]

    package init(
        uid: String, card: Card.Key, concepts: [String], seed: UInt64?, mode: Mode, time: Timestamp, day: Int,
        score: Double, isRight: Bool, confidence: Confidence?, hints: Int, milliseconds: Int, grade: Grade,
        given: String, beliefs: [Belief]
    ) {
        self.uid = uid
        self.card = card
        self.concepts = concepts
        self.seed = seed
        self.mode = mode
        self.time = time
        self.day = day
        self.score = score
        self.isRight = isRight
        self.confidence = confidence
        self.hints = hints
        self.milliseconds = milliseconds
        self.grade = grade
        self.given = given
        self.beliefs = beliefs
    }

    /// All cards that the answer reviews.
    var cards: [Card.Key] { [card] + concepts.map { Card.Key(.concept, $0) } }

    /// The same with a lower grade.
    package func graded(_ grade: Grade) -> AnswerRecord {
        AnswerRecord(
            uid: uid, card: card, concepts: concepts, seed: seed, mode: mode, time: time, day: day, score: score,
            isRight: isRight, confidence: confidence, hints: hints, milliseconds: milliseconds, grade: grade,
            given: given, beliefs: beliefs)
    }
}

/// How sure somebody is of an answer.
package enum Confidence: Int, Hashable, Sendable, Codable, CaseIterable {
    case guess = 1
    case think, sure

    package var name: String {
        switch self {
        case .guess: "guess"
        case .think: "think"
        case .sure: "sure"
        }
    }
}
