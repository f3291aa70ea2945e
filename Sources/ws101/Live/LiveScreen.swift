import Capture
import Connection
import Foundation
import Inspector
import Lint
import Screen
import Synchronization
import Transport

/// Live traffic on the screen.
@MainActor
struct LiveScreen {
    private let log = Log()
    private let linter: Linter
    private let recording: LessonRecorder<LintedLog>
    private let failure = FirstFailure()

    var tap: any Tap { recording.tap }

    /// - Parameter isPublic: Anybody may connect, and no authentication is expected: the teaching server.
    init(recordingTo place: RecordingPlace, isPublic: Bool) throws {
        var settings = LintSettings()
        settings.traits.isPublic = isPublic
        linter = Linter(settings)
        recording = try LessonRecorder(to: place, sink: LintedLog(log: log, linter: linter), didFail: failure.note)
        log.attach(recording.recorder.recording)
    }

    /// Returns when the person quits; then everything that was recorded is on disk.
    /// - Parameter course: Lessons and quizzes beside the traffic; nil for the traffic alone.
    func run(_ source: any LiveSource, course: CourseScreen? = nil) async throws {
        defer { recording.recorder.close() }
        let failure = failure
        let lessons = course?.lessons(tap: recording.tap, watch: recording.watch)
        let session: ScreenSession
        do {
            session = try ScreenSession(
                log: log, linter: linter, environment: ProcessInfo.processInfo.environment,
                status: {
                    ScreenStatus(
                        failure.text.map { .unrecorded($0) } ?? .live, advice: source.advice, load: source.load)
                },
                clock: { Clock.now() }, course: course?.screenCourse(lessons) ?? ScreenCourse())
        } catch {
            await lessons?.close()
            await source.stop()
            throw Failure("there is no screen: \(error)", next: "ws101 watch --plain prints lines instead.")
        }
        await session.run()
        await lessons?.close()
        await source.stop()
    }
}

/// Why recording ended, told once by the recorder's thread and read by the screen.
final class FirstFailure: Sendable {
    private let error = Mutex<CaptureError?>(nil)

    var text: String? { error.withLock { $0?.description } }

    func note(_ error: CaptureError) { self.error.withLock { $0 = $0 ?? error } }
}
