import Foundation
import Synchronization

/// A program that a lab starts, and stops again.
final class LabProgram: Sendable {
    let name: String
    private let process: Process
    private let lines: LabLines
    private let end: LabEnd

    /// - Parameter program: Its path.
    init(_ name: String, _ program: String, _ arguments: [String]) throws {
        self.name = name
        let process = Process()
        let (lines, end) = (LabLines(), LabEnd())
        self.process = process
        self.lines = lines
        self.end = end
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty {
                handle.readabilityHandler = nil
                lines.end()
            } else {
                lines.add(data)
            }
        }
        process.terminationHandler = { _ in end.came() }
        do {
            try process.run()
        } catch {
            throw Failure("\(program) cannot be started: \(error.localizedDescription)")
        }
    }

    var isRunning: Bool { process.isRunning }

    func send(_ signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

    var processIdentifier: Int32 { process.processIdentifier }

    /// Returns when it has ended.
    func ended() async { await end.wait() }

    /// Ends it, gently at first.
    func stop(within patience: Duration = .seconds(3)) async {
        send(SIGTERM)
        let killer = Task {
            try await Task.sleep(for: patience)
            send(SIGKILL)
        }
        await ended()
        killer.cancel()
    }

    /// What it said so far.
    var said: [String] { lines.all }

    /// The first line with `text` in it, when it has been said.
    func line(with text: String) async throws -> String {
        var found: String?
        let isThere = await Eventually.holds(within: .seconds(20)) {
            found = lines.all.first { $0.contains(text) }
            return found != nil || lines.hasEnded
        }
        guard isThere, let found else {
            throw Failure("\(name) did not start", next: lines.all.suffix(3).joined(separator: "\n       "))
        }
        return found
    }
}

/// Lines that a program said, the newest thousand.
private final class LabLines: Sendable {
    private let state = Mutex((lines: [String](), rest: Data(), hasEnded: false))

    var all: [String] { state.withLock { $0.lines } }
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    func add(_ data: Data) {
        state.withLock { state in
            state.rest.append(data)
            while let end = state.rest.firstIndex(of: 0x0a) {
                state.lines.append(String(decoding: state.rest[state.rest.startIndex..<end], as: UTF8.self))
                state.rest = Data(state.rest[(end + 1)...])
            }
            if state.lines.count > 1000 { state.lines.removeFirst(state.lines.count - 1000) }
            if state.rest.count > 65_536 { state.rest = Data() }
        }
    }

    func end() { state.withLock { $0.hasEnded = true } }
}

/// The end of a program, to be waited for.
private final class LabEnd: Sendable {
    private let state = Mutex((isOver: false, waiting: [CheckedContinuation<Void, Never>]()))

    func came() {
        let waiting = state.withLock { state in
            state.isOver = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.isOver { state.waiting.append(continuation) }
                return state.isOver
            }
            if isOver { continuation.resume() }
        }
    }
}

/// Waiting for what another program does.
enum Eventually {
    /// - Returns: Whether it holds before the time is over.
    static func holds(within patience: Duration, _ condition: () -> Bool) async -> Bool {
        let end = ContinuousClock.now + patience
        while !condition() {
            guard ContinuousClock.now < end, !Task.isCancelled else { return condition() }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return true
    }
}
