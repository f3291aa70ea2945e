import ArgumentParser
import Connection
import Foundation
import Tutor

/// What the commands of the tutor share: `--quizzes`, `--plain` and the moment.
struct StudyOptions: ParsableArguments {
    @Option(help: "Ask from the quizzes of this folder instead of those built in; for authors.")
    var quizzes: String?

    @Flag(help: "Line by line on standard input and output, also on a terminal.")
    var plain = false

    @Option(
        help: ArgumentHelp(
            "The moment that counts as now, such as 2026-09-01T18:00:00Z; for tests.", visibility: .hidden))
    var now: String?

    func validate() throws {
        guard let now else { return }
        guard ISO8601DateFormatter().date(from: now) != nil else {
            throw ValidationError("--now must be a moment such as 2026-09-01T18:00:00Z.")
        }
    }

    /// What the clock says, or `--now` and the time since the start.
    var clock: StudyClock { StudyClock(begin: now.flatMap { ISO8601DateFormatter().date(from: $0) }) }

    /// The bank: built in, or the folder's; with the learner's imports.
    func bank() throws -> QuizBank {
        if let quizzes { return try QuizBank(folder: quizzes) }
        return QuizBank.embedded.adding(
            folder: ProgressPlace.quizzes(environment: ProcessInfo.processInfo.environment))
    }

    /// The store of this learner.
    static func store() throws -> ProgressStore {
        try ProgressStore(path: ProgressPlace.standard(environment: ProcessInfo.processInfo.environment))
    }

    func study() throws -> Study {
        Study(bank: try bank(), store: try StudyOptions.store(), calendar: LearnerCalendar(zone: .current))
    }

    /// The learner with the bank that is built in, and what was imported.
    static func usual() throws -> Study {
        let imported = ProgressPlace.quizzes(environment: ProcessInfo.processInfo.environment)
        return Study(
            bank: QuizBank.embedded.adding(folder: imported), store: try store(),
            calendar: LearnerCalendar(zone: .current))
    }

    /// Whether the screen is opened: there is a terminal, and nobody wants lines.
    var hasScreen: Bool { !plain && CourseScreen.hasTerminal }

    /// Unique among all sittings.
    static func sitting() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }

    /// Says on standard error what is odd about the clock.
    func warn(_ study: Study, at time: Timestamp) throws {
        if let warning = ClockWarning.text(last: try study.store.lastAnswer(), now: time, study.calendar) {
            Output.diagnostic("ws101: \(warning)")
        }
    }
}

/// The time of day.
struct StudyClock {
    private let shift: Double

    /// - Parameter begin: What counts as now; nil for the true time.
    init(begin: Date?) { shift = begin?.timeIntervalSinceNow ?? 0 }

    var now: Timestamp {
        Timestamp(nanoseconds: UInt64(max(0, Date().timeIntervalSince1970 + shift) * 1000) * 1_000_000)
    }
}

/// For whom an interview is.
enum LevelOption: String, CaseIterable, ExpressibleByArgument {
    case junior, mid, senior

    var level: QuizItem.Level {
        switch self {
        case .junior: .junior
        case .mid: .mid
        case .senior: .senior
        }
    }
}
