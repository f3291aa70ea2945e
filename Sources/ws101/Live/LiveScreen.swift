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
    private let recorder: Recorder<Observer<LintedLog>>
    private let failure = FirstFailure()

    var tap: any Tap { recorder }

    /// - Parameter isPublic: Anybody may connect, and no authentication is expected: the teaching server.
    init(recordingTo place: RecordingPlace, isPublic: Bool) throws {
        var settings = LintSettings()
        settings.traits.isPublic = isPublic
        linter = Linter(settings)
        recorder = try Recorder(
            to: place, sink: Observer(sink: LintedLog(log: log, linter: linter)), didFail: failure.note)
        log.attach(recorder.recording)
    }

    /// Returns when the person quits; then everything that was recorded is on disk.
    func run(_ source: any LiveSource) async throws {
        defer { recorder.close() }
        let failure = failure
        let session: ScreenSession
        do {
            session = try ScreenSession(
                log: log, linter: linter, environment: ProcessInfo.processInfo.environment,
                status: {
                    ScreenStatus(
                        failure.text.map { .unrecorded($0) } ?? .live, advice: source.advice, load: source.load)
                },
                clock: { Clock.now() })
        } catch {
            await source.stop()
            throw Failure("there is no screen: \(error)", next: "ws101 watch --plain prints lines instead.")
        }
        await session.run()
        await source.stop()
    }
}

/// Why recording ended, told once by the recorder's thread and read by the screen.
final class FirstFailure: Sendable {
    private let error = Mutex<CaptureError?>(nil)

    var text: String? { error.withLock { $0?.description } }

    func note(_ error: CaptureError) { self.error.withLock { $0 = $0 ?? error } }
}
