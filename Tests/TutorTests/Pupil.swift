import Connection
import Foundation
import Tutor

/// What tests share: a learner in UTC, a store in a folder of its own, a moment.
enum Pupil {
    static let calendar = LearnerCalendar(zone: TimeZone(secondsFromGMT: 0)!)
    /// Monday, 5 January 2026, 12:00 UTC.
    static let now = Timestamp(nanoseconds: 1_767_614_400_000_000_000)

    static func later(_ seconds: Double) -> Timestamp { now.adding(nanoseconds: Int64(seconds * 1e9)) }

    static var folder: String { NSTemporaryDirectory() + "ws101-tutor-" + UUID().uuidString }

    static func answer(
        _ uid: String, _ item: String = "frames-x", concepts: [String] = ["masking"], grade: Grade = .good,
        day: Int = 100,
        time: Timestamp = now, beliefs: [AnswerRecord.Belief] = []
    ) -> AnswerRecord {
        AnswerRecord(
            uid: uid, card: Card.Key(.item, item), concepts: concepts, seed: nil, mode: .quiz, time: time, day: day,
            score: grade == .again ? 0 : 1, isRight: grade != .again, confidence: .think, hints: 0, milliseconds: 5000,
            grade: grade, given: "TFTF", beliefs: beliefs)
    }

    /// A written item without surprises.
    static func item(
        _ id: String, _ concepts: [String] = ["masking"], body: QuizBody? = nil, confusable: String? = nil,
        variant: String? = nil
    ) -> QuizItem {
        QuizItem(
            id: id, question: "Which holds?",
            body: body
                ?? .single([
                    QuizChoice("right", isRight: true, why: "Right, it is."),
                    QuizChoice("wrong", isRight: false, why: "It seems so. It is not.", misconception: "M04"),
                    QuizChoice("worse", isRight: false, why: "It seems so, too. It is not."),
                ]),
            explanation: "So it is.", references: ["RFC 6455 §5.3"], lesson: 3, interview: [3], concepts: concepts,
            confusable: confusable, variant: variant)
    }

    static func context(_ cards: [Card.Key: Card] = [:]) -> QuizContext {
        QuizContext(
            catalogue: .empty, cards: cards, schedule: Schedule(), calendar: calendar, sitting: "s",
            again: AllGenerators.again)
    }

    static func session(
        _ items: [QuizItem], mode: AnswerRecord.Mode = .quiz, context: QuizContext = context()
    ) -> QuizSession {
        QuizSession(title: "Test", items: items, mode: mode, seed: 7, context: context, at: now)
    }
}
