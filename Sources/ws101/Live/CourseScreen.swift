import Capture
import Connection
import Foundation
import Screen
import Transport
import Tutor

/// The screen with all five places: the teaching server's traffic, lessons, quizzes, lint and progress.
@MainActor
struct CourseScreen {
    private let course: Course
    private let store: ProgressStore?
    private let learner: Learner?
    private let opensAt: ScreenCourse.Opening
    private let notice: String?

    /// Whether there is a screen to be opened.
    nonisolated static var hasTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// - Parameters:
    ///   - opensAt: What is opened first.
    ///   - lessons: A folder of lessons instead of those built in.
    ///   - study: Who learns, from which bank; nil for the usual ones.
    ///   - clock: What time it is for hints, answers and reviews.
    init(
        opensAt: ScreenCourse.Opening, lessons: String? = nil, study: Study? = nil,
        clock: StudyClock = StudyClock(begin: nil)
    ) throws {
        let course = try LessonFiles.course(in: lessons)
        var notice = course.faults.first.map { "\($0)" }
        var learner: Learner?
        var store: ProgressStore?
        do {
            let study = try study ?? StudyOptions.usual()
            store = study.store
            learner = Learner(study: study, clock: { clock.now }, chance: { UInt64.random(in: .min ... .max) })
        } catch let error as ProgressError {
            // The traffic and the lessons are there all the same.
            notice = "\(error.what). \(error.advice)"
        }
        self.course = course
        self.opensAt = opensAt
        self.learner = learner
        self.store = store
        self.notice = notice
    }

    /// Returns when the person quits.
    func run() async throws {
        let live = try LiveScreen(recordingTo: .spool, isPublic: true)
        let isWatching = if case .place(.watch) = opensAt { true } else { false }
        try await live.run(try await TeachingSource(listen: nil, hasDemo: isWatching, tap: live.tap), course: self)
    }

    func lessons(tap: any Tap, watch: LabWatch) -> ScreenLessons {
        ScreenLessons(course, store, tap: tap, watch: watch, clock: Clock.now)
    }

    func screenCourse(_ lessons: ScreenLessons?) -> ScreenCourse {
        ScreenCourse(lessons: lessons, learner: learner, opensAt: opensAt, notice: notice)
    }
}
