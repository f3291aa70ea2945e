import Capture
import Connection
import Foundation
import Inspector
import Lint
import Screen
import Synchronization

/// A capture file on the screen, read in the background while its first rows are already shown.
@MainActor
struct FileScreen {
    private let path: String
    private let log = Log()
    private let linter = Linter()
    private let progress = ReadingProgress()

    init(path: String) { self.path = path }

    /// Returns when the person quits.
    func run() async throws {
        let replay = try Replay(path: path)
        log.attach(replay.recording)
        let log = log
        let linter = linter
        let progress = progress
        let name = path
        let session: ScreenSession
        do {
            session = try ScreenSession(
                log: log, linter: linter, environment: ProcessInfo.processInfo.environment,
                status: { progress.status(of: name) },
                clock: { log.row(log.extent.count - 1)?.time ?? Timestamp(nanoseconds: 0) })
        } catch {
            throw Failure("there is no screen: \(error)", next: "ws101 show \(path) prints lines instead.")
        }
        FileReading(replay, into: LintedLog(log: log, linter: linter), progress).start()
        await session.run()
        for warning in progress.warnings { Output.diagnostic("ws101: \(path): \(warning)") }
        if let failure = progress.failure { throw failure }
    }
}

/// Reads a file on a thread of its own, which nothing else touches after `start`.
private final class FileReading: @unchecked Sendable {
    private var replay: Replay
    private var observer: Observer<LintedLog>
    private let progress: ReadingProgress

    init(_ replay: consuming Replay, into log: LintedLog, _ progress: ReadingProgress) {
        self.replay = replay
        self.progress = progress
        observer = Observer(sink: log)
    }

    func start() {
        let thread = Thread { self.readAll() }
        thread.stackSize = 1 << 20
        thread.start()
    }

    private func readAll() {
        let result = Result { () throws(CaptureError) in try replay.read(into: &observer) }
        observer.finish()
        observer.sink.linter.finish()
        progress.end(result)
    }
}

/// How far a file has been read; written by the reading thread.
final class ReadingProgress: Sendable {
    private let result = Mutex<Result<CaptureSummary, CaptureError>?>(nil)

    @MainActor func status(of path: String) -> ScreenStatus {
        switch result.withLock({ $0 }) {
        case nil: ScreenStatus(.reading(path))
        case .success(let summary):
            ScreenStatus(.file(path), advice: ["No connection in this file."] + summary.warnings)
        case .failure(let error): ScreenStatus(.file(path), advice: [error.description])
        }
    }

    var warnings: [String] { result.withLock { (try? $0?.get())?.warnings ?? [] } }
    var failure: CaptureError? {
        result.withLock { result in
            if case .failure(let error)? = result { error } else { nil }
        }
    }

    func end(_ result: Result<CaptureSummary, CaptureError>) { self.result.withLock { $0 = result } }
}
