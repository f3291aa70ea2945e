import Foundation
import Tutor

/// Everything that can be said against a lesson, with the catalogue of the quizzes at hand.
enum LessonJudge {
    /// Without running it.
    static func faults(_ lesson: Lesson, bytes: [UInt8], words: SpellingList?) throws -> [LessonFault] {
        LessonCheck.faults(
            lesson, text: String(decoding: bytes, as: UTF8.self), catalogue: try catalogue(), words: words)
    }

    static func catalogue() throws -> LessonCheck.Catalogue {
        let known: Catalogue = try QuizBank.embedded.catalogue()
        return LessonCheck.Catalogue(
            outline: known.outline, misconceptions: Set(known.misconceptions.keys),
            concepts: Set(known.concepts.map(\.id)), sources: known.sources.mapValues(\.sections))
    }

    /// Every lab must fail as it is offered, and pass with its solution.
    static func labFaults(_ lesson: Lesson) async throws -> [LessonFault] {
        let trial = try LabTrial()
        defer { trial.close() }
        var faults: [LessonFault] = []
        for step in lesson.steps {
            for lab in step.labs {
                let answers = LabAnswers(solving: step)
                faults += await trial.faults(lab, answers: answers)
                    .map { LessonFault(file: lesson.file, line: lab.line, $0) }
            }
        }
        return faults
    }
}
