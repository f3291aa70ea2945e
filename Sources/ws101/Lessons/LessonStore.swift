import Connection
import Foundation
import Synchronization
import Transport
import Tutor

/// Keeps what a learner does, at once. Where it cannot be kept, the lesson goes on, and says so once.
final class LessonStore: Sendable {
    private let store: ProgressStore?
    private let course: Course
    private let complained = Mutex(false)

    /// The learner's usual place.
    init(_ course: Course) {
        self.course = course
        do {
            store = try ProgressStore(path: ProgressPlace.standard(environment: ProcessInfo.processInfo.environment))
        } catch {
            store = nil
            complain(error)
        }
    }

    /// Nothing is kept: for tests and trials.
    init(withoutKeeping course: Course) {
        self.course = course
        store = nil
    }

    /// What was done so far.
    var progress: LessonProgress {
        guard let store else { return LessonProgress() }
        do {
            return LessonProgress(try store.steps(), latest: try store.latestStep(), in: course)
        } catch {
            complain(error)
            return LessonProgress()
        }
    }

    func keep(_ record: LessonRecord) {
        guard let store else { return }
        do {
            try store.keep(record, at: Clock.now())
        } catch {
            complain(error)
        }
    }

    private func complain(_ error: ProgressError) {
        let isFirst = complained.withLock { complained in
            defer { complained = true }
            return !complained
        }
        if isFirst { Output.diagnostic("ws101: what you do cannot be kept now: \(error)") }
    }
}
