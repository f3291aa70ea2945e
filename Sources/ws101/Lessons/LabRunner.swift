import Connection
import Transport
import Tutor

/// Runs labs, one at a time: starts the stage, types into it, and tells how the checks stand, a few milliseconds after
/// the frame that changed it.
actor LabRunner {
    private let tap: any Tap
    private let watch: LabWatch
    private let tell: @Sendable (LabReport) -> Void
    private var current: Run?

    /// What runs now.
    private struct Run {
        let number: Int
        let stage: LessonStage
        let log: LabLog
        let checker: LabChecker
        let measures: [String: NumberExpression]
        let lines: AsyncStream<String>.Continuation
        let typing: Task<Void, Never>
        var last: CheckReport?
    }

    private var isChecking = false
    private var isStale = false

    /// - Parameters:
    ///   - tap: The recorder's.
    ///   - watch: What the recorder's thread shows its segments to.
    ///   - tell: Called from anywhere, in order.
    init(tap: any Tap, watch: LabWatch, tell: @escaping @Sendable (LabReport) -> Void) {
        self.tap = tap
        self.watch = watch
        self.tell = tell
    }

    func start(_ number: Int, _ lab: Tutor.Lab, replay: [String], answers: LabAnswers) async {
        await stop()
        let log = LabLog(names: LessonStage.names(lab))
        let tell = tell
        let stage = LessonStage(lab, tap: tap, log: log) { line in
            for part in line.split(separator: "\n", omittingEmptySubsequences: false) {
                tell(.said(run: number, String(part)))
            }
        }
        watch.watch(log) { [weak self] in Task { await self?.grew(number) } }
        // Bounded: who types faster than a lab can follow loses nothing that a person would type.
        let (stream, lines) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(1024))
        let typing = Task {
            for await line in stream { await stage.type(line) }
        }
        current = Run(
            number: number, stage: stage, log: log,
            checker: LabChecker(lab.checks, answers: answers.isRight, figures: answers.figures),
            measures: answers.measures, lines: lines, typing: typing)
        do {
            let notes = try await stage.start()
            guard current?.number == number else { return await stage.stop() }
            tell(.started(run: number, notes: notes))
            for line in replay { lines.yield(line) }
        } catch {
            await stop()
            tell(.failed(run: number, "The lab cannot start: \(error)"))
        }
    }

    func type(_ number: Int, _ line: String) {
        if current?.number == number { current?.lines.yield(line) }
    }

    /// Returns when every line typed so far has been done.
    func finishTyping(_ number: Int) async {
        guard let run = current, run.number == number else { return }
        run.lines.finish()
        await run.typing.value
    }

    /// Tells how the checks stand now, whether that has changed or not.
    func checkNow(_ number: Int) {
        guard let run = current, run.number == number else { return }
        current?.last = nil
        check(run)
    }

    func stop() async {
        guard let run = current else { return }
        current = nil
        watch.rest()
        run.lines.finish()
        run.typing.cancel()
        await run.stage.stop()
    }

    /// The log of what runs now, for who looks at it otherwise.
    var log: LabLog? { current?.log }

    private func grew(_ number: Int) async {
        guard current?.number == number else { return }
        isStale = true
        guard !isChecking else { return }
        isChecking = true
        while isStale, let run = current {
            isStale = false
            check(run)
            // A flood of frames is looked at forty times a second, not for each of them.
            try? await Task.sleep(for: .milliseconds(25))
        }
        isChecking = false
    }

    private func check(_ run: Run) {
        let snapshot = run.log.snapshot
        let report = run.checker.report(snapshot)
        let measured = run.measures.compactMapValues { run.checker.value($0, snapshot) }
        guard report != run.last || !measured.isEmpty else { return }
        current?.last = report
        tell(.checked(run: run.number, report, measured: measured))
    }
}
