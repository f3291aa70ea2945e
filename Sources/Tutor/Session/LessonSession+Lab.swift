/// Labs: started, typed into, reported on.
extension LessonSession {
    mutating func run() -> [LessonRequest] {
        guard let lab = state.openLab else {
            notice =
                step.labs.isEmpty ? "This step has no lab." : "First the question above: it is answered before the lab."
            return []
        }
        return start(lab, replaying: [])
    }

    mutating func start(_ lab: Lab, replaying lines: [String]) -> [LessonRequest] {
        let requests = stopLab()
        lastRun += 1
        state.running = (lastRun, lab.id)
        var fresh = StepState.LabState()
        fresh.state = .starting
        fresh.typed = lines
        fresh.drafted = min(lines.count, lab.draft.count)
        state.labs[lab.id] = fresh
        return requests + [.startLab(run: lastRun, lab, replay: lines, answers: state.answers)]
    }

    mutating func stopLab() -> [LessonRequest] {
        guard let running = state.running else { return [] }
        state.running = nil
        state.labs[running.lab]?.state = .idle
        return [.stopLab(run: running.run)]
    }

    mutating func typeIntoLab(_ line: String) -> [LessonRequest] {
        guard let running = state.running, let lab = state.runningLab, var open = state.labs[lab.id] else { return [] }
        guard case .running = open.state else {
            notice = "The lab is about to start."
            return []
        }
        if open.drafted < lab.draft.count { open.drafted += 1 }
        open.typed.append(line)
        state.labs[lab.id] = open
        return [.type(run: running.run, line)]
    }

    mutating func skip() {
        guard let lab = state.runningLab, let open = state.labs[lab.id], open.drafted < lab.draft.count else {
            notice = "No line is offered now."
            return
        }
        state.labs[lab.id]?.drafted += 1
    }

    mutating func receive(_ report: LabReport) -> [LessonRequest] {
        guard let running = state.running, running.run == report.run else { return [] }
        let id = running.lab
        switch report {
        case .started(_, let notes):
            state.labs[id]?.state = .running
            state.labs[id]?.notes = notes
        case .said(_, let line):
            state.labs[id]?.said.append(line)
            // The stage may talk for long; what is shown is bounded.
            if let count = state.labs[id]?.said.count, count > 200 { state.labs[id]?.said.removeFirst(count - 200) }
        case .checked(_, let checks, let measured):
            state.labs[id]?.report = checks
            state.labs[id]?.measured = measured
            if checks.isPassed, !state.passed.contains(id) { return pass(id) }
        case .failed(_, let why):
            state.labs[id]?.state = .failed(why)
            state.running = nil
            notice = why
            return [.stopLab(run: running.run)]
        }
        return []
    }

    /// The lab goes on running: whoever has passed may want to play.
    private mutating func pass(_ lab: String) -> [LessonRequest] {
        state.passed.insert(lab)
        notice = "Passed: every check is met."
        return keep(.passed(lab: lab)) + finishIfDone()
    }
}

extension LabReport {
    package var run: Int {
        switch self {
        case .started(let run, _), .said(let run, _), .checked(let run, _, _), .failed(let run, _): run
        }
    }
}
