import Capture
import Connection
import Synchronization
import Transport
import Tutor

/// Runs a lab without a learner: with given lines, to see whether its checks are met.
struct LabTrial: Sendable {
    /// What came of it.
    struct Outcome: Sendable {
        let isPassed: Bool
        /// How the checks stood at the end; nil where nothing was seen.
        let report: CheckReport?
        let measured: [String: Double]
        /// Why it could not run.
        let failure: String?
        /// What the stage has said.
        let said: [String]
    }

    private let recorder: LessonRecorder<NoEvents>
    private let runner: LabRunner
    private let state: State

    /// What the runner has told so far.
    private final class State: Sendable {
        struct Values {
            var run = 0
            var isStarted = false
            var report: CheckReport?
            var measured: [String: Double] = [:]
            var failure: String?
            var said: [String] = []
            /// How often something was told.
            var count = 0
        }

        let values = Mutex(Values())

        func take(_ report: LabReport) {
            values.withLock { values in
                guard report.run == values.run else { return }
                values.count += 1
                switch report {
                case .started: values.isStarted = true
                case .said(_, let line): values.said.append(line)
                case .checked(_, let report, let measured):
                    values.report = report
                    values.measured = measured
                case .failed(_, let why): values.failure = why
                }
            }
        }
    }

    init() throws(CaptureError) {
        let state = State()
        self.state = state
        recorder = try LessonRecorder(sink: NoEvents(), didFail: { _ in })
        runner = LabRunner(tap: recorder.tap, watch: recorder.watch) { state.take($0) }
    }

    /// Types the lines, and waits until the checks are met; at most as long as the lab allows.
    /// - Parameter quiet: Gives up after so many milliseconds in which nothing was told; nil waits for the whole limit.
    func run(
        _ lab: Tutor.Lab, lines: [String], answers: LabAnswers = LabAnswers(), quiet: Int? = nil
    ) async -> Outcome {
        let run = state.values.withLock { values in
            let number = values.run + 1
            values = State.Values()
            values.run = number
            return number
        }
        await runner.start(run, lab, replay: [], answers: answers)
        for line in lines { await runner.type(run, line) }
        await runner.finishTyping(run)
        await wait(limit: lab.limit, quiet: quiet)
        recorder.recorder.flush()
        await runner.checkNow(run)
        await runner.stop()
        return state.values.withLock { values in
            Outcome(
                isPassed: values.report?.isPassed ?? false, report: values.report, measured: values.measured,
                failure: values.failure, said: values.said)
        }
    }

    /// Ends the recorder.
    func close() { recorder.recorder.close() }

    private func wait(limit: Int64, quiet: Int?) async {
        let deadline = Clock.now().adding(nanoseconds: limit)
        var last = (count: -1, time: Clock.now())
        while Clock.now() < deadline {
            let (count, isOver) = state.values.withLock {
                ($0.count, $0.failure != nil || $0.report?.isPassed == true || $0.report?.isBroken == true)
            }
            if isOver { return }
            let now = Clock.now()
            if count != last.count { last = (count, now) }
            if let quiet, now.since(last.time) > Int64(quiet) * 1_000_000 { return }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}

extension LabTrial {
    /// What an author has to know: a lab must fail as it is offered, and pass with its solution.
    /// - Returns: What is wrong with the lab, a sentence each.
    func faults(_ lab: Tutor.Lab, answers: LabAnswers) async -> [String] {
        var faults: [String] = []
        let unsolved = await run(lab, lines: lab.draft, answers: answers, quiet: 400)
        if unsolved.isPassed {
            faults.append("the lab \(lab.id) passes as it is offered, so there is nothing to do in it")
        }
        let solved = await run(lab, lines: lab.solution, answers: answers)
        if let failure = solved.failure {
            faults.append("the lab \(lab.id) cannot run: \(failure)")
        } else if !solved.isPassed {
            let first = solved.report?.first
            let why = first.map { "\($0.check.text): \($0.difference ?? "not met")" } ?? "nothing was seen"
            faults.append("the lab \(lab.id) fails with its own solution: \(why)")
        }
        let complaints = solved.said.filter { $0.hasPrefix("· not sent") || $0.contains("is no command here") }
        faults += complaints.map { "the lab \(lab.id), in its solution: \($0.dropFirst(2))" }
        return faults
    }
}
