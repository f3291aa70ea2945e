import Capture
import Connection
import Synchronization
import Transport
import Tutor

/// Goes through lessons as a learner does who knows everything: answers every question, and types the reference
/// solution into every lab. For tests of the lessons and of the session.
struct LessonSolver {
    /// What came of a step.
    struct Finding: Sendable, CustomStringConvertible {
        let step: String
        let what: String

        var description: String { "\(step): \(what)" }
    }

    private let recorder: LessonRecorder<NoEvents>
    private let inbox: Inbox

    private final class Inbox: Sendable {
        private let reports = Mutex<[LabReport]>([])

        func put(_ report: LabReport) { reports.withLock { $0.append(report) } }

        func take() -> [LabReport] {
            reports.withLock { reports in
                defer { reports = [] }
                return reports
            }
        }
    }

    init() throws {
        recorder = try LessonRecorder(sink: NoEvents(), didFail: { _ in })
        inbox = Inbox()
    }

    func close() { recorder.recorder.close() }

    /// - Parameter keep: Gets every record.
    /// - Returns: The steps that could not be finished, and why; none where all went well.
    func solve(_ lesson: Lesson, in course: Course, keep: (LessonRecord) -> Void = { _ in }) async -> [Finding] {
        guard var session = LessonSession(course, lesson: lesson.number, progress: LessonProgress(), at: Clock.now())
        else { return [Finding(step: "\(lesson.number)", what: "there is no such lesson")] }
        let inbox = inbox
        let runner = LabRunner(tap: recorder.tap, watch: recorder.watch) { inbox.put($0) }
        var findings: [Finding] = []
        for step in lesson.steps {
            var requests = session.receive(.jump(step.id), at: Clock.now())
            await perform(requests, runner, keep)
            if let what = await finish(step, &session, runner, keep) {
                findings.append(Finding(step: step.id, what: what))
            }
            requests = session.end()
            await perform(requests, runner, keep)
        }
        await runner.stop()
        return findings
    }

    private func perform(_ requests: [LessonRequest], _ runner: LabRunner, _ keep: (LessonRecord) -> Void) async {
        for request in requests {
            switch request {
            case .startLab(let run, let lab, let replay, let answers):
                await runner.start(run, lab, replay: replay, answers: answers)
            case .type(let run, let line): await runner.type(run, line)
            case .stopLab: await runner.stop()
            case .keep(let record): keep(record)
            case .leave: break
            }
        }
    }

    /// - Returns: Why the step could not be finished; nil where it was.
    private func finish(
        _ step: LessonStep, _ session: inout LessonSession, _ runner: LabRunner, _ keep: (LessonRecord) -> Void
    ) async -> String? {
        var wrongAnswers: [String: Int] = [:]
        while true {
            let view = session.view(at: Clock.now())
            if view.isFinished { return nil }
            switch view.prompt {
            case .answer:
                guard case .question(let question)? = view.rows.last else { return "no question is shown to answer" }
                let id = question.question.id
                wrongAnswers[id, default: 0] += 1
                if wrongAnswers[id, default: 0] > 2 { return "its own right answer is not taken: \(id)" }
                let answer = question.question.rightAnswer(measured: session.measured(question.question))
                await perform(session.receive(.typed(answer), at: Clock.now()), runner, keep)
            case .tick: await perform(session.receive(.confirm, at: Clock.now()), runner, keep)
            case .none, .lab:
                guard let lab = step.labs.first(where: { !session.progress.passed.contains($0.id) }) else {
                    return "nothing is left to do, and it is not done"
                }
                if let why = await pass(lab, &session, runner, keep) { return why }
            }
        }
    }

    private func pass(
        _ lab: Tutor.Lab, _ session: inout LessonSession, _ runner: LabRunner, _ keep: (LessonRecord) -> Void
    ) async -> String? {
        await perform(session.receive(.run, at: Clock.now()), runner, keep)
        var lines = lab.solution[...]
        let deadline = Clock.now().adding(nanoseconds: lab.limit + Int64(lab.solution.count) * 5_000_000_000)
        while Clock.now() < deadline, !session.progress.passed.contains(lab.id) {
            for report in inbox.take() { await perform(session.receive(.lab(report), at: Clock.now()), runner, keep) }
            let view = session.view(at: Clock.now())
            if case .lab = view.prompt, let line = lines.first, view.isRunning(lab) {
                lines = lines.dropFirst()
                await perform(session.receive(.typed(line), at: Clock.now()), runner, keep)
            }
            if view.hasFailed(lab) { return view.notice ?? "the lab \(lab.id) failed" }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return session.progress.passed.contains(lab.id)
            ? nil
            : "the lab \(lab.id) does not pass: \(session.view(at: Clock.now()).firstDifference ?? "nothing seen")"
    }
}

extension LessonView {
    fileprivate func isRunning(_ lab: Tutor.Lab) -> Bool {
        rows.contains { row in
            if case .lab(let view) = row { view.lab.id == lab.id && view.state == .running } else { false }
        }
    }

    fileprivate func hasFailed(_ lab: Tutor.Lab) -> Bool {
        rows.contains { row in
            if case .lab(let view) = row, view.lab.id == lab.id, case .failed = view.state { true } else { false }
        }
    }

    fileprivate var firstDifference: String? {
        rows.lazy.compactMap { row -> String? in
            if case .lab(let view) = row, !view.isPassed { view.report?.first?.difference } else { nil }
        }.first
    }
}
