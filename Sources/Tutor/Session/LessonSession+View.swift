package import Connection

/// What is shown.
extension LessonSession {
    /// - Parameter now: The time, for the gate between hints.
    package func view(at now: Timestamp) -> LessonView {
        LessonView(
            lesson: lesson.number, lessonTitle: lesson.title, step: stepIndex + 1, stepCount: lesson.steps.count,
            stepID: step.id, stepTitle: step.title, isFinished: progress.finished.contains(step.id),
            isStepDone: state.isDone, rows: rows,
            prompt: prompt, actions: actions(at: now), notice: notice, hits: hits, pointer: pointer)
    }

    private var rows: [LessonRow] {
        var rows: [LessonRow] = stepIndex == 0 ? lesson.opening.map { .text($0) } : []
        for item in step.items {
            rows.append(row(item))
            if !state.isDone(item) { break }
        }
        rows += step.hints.prefix(state.hintLevel).map { .hint($0) }
        if state.isDone { rows.append(.learned(step.learned)) }
        return rows
    }

    private func row(_ item: LessonItem) -> LessonRow {
        switch item {
        case .text(let block): .text(block)
        case .bytes(let example): .bytes(example)
        case .question(let question): .question(view(question))
        case .lab(let lab): .lab(view(lab))
        }
    }

    private func view(_ question: Question) -> QuestionView {
        let judgement = state.judgements[question.id] ?? state.tries[question.id]
        return QuestionView(
            question: question, judgement: judgement, isDone: state.judgements[question.id] != nil,
            recall: state.recalls[question.id], isRevealed: question.role != .predict || isShown(question))
    }

    /// Whether the lab behind a prediction has shown the answer.
    private func isShown(_ question: Question) -> Bool {
        guard let place = step.items.firstIndex(of: .question(question)) else { return false }
        for case .lab(let lab) in step.items[place...] { return state.passed.contains(lab.id) }
        return state.judgements[question.id] != nil
    }

    private func view(_ lab: Lab) -> LabView {
        let known = state.labs[lab.id] ?? StepState.LabState()
        return LabView(
            lab: lab, state: known.state, isPassed: state.passed.contains(lab.id), report: known.report,
            notes: known.notes, said: known.said, typed: known.typed)
    }

    private var prompt: LessonPrompt {
        if case .question(let question)? = state.current {
            return state.recalls[question.id] == nil ? .answer(how: question.howToAnswer) : .tick
        }
        guard let lab = state.runningLab else { return .none }
        return .lab(hand: lab.firstHand, offered: state.offered(lab))
    }

    private func actions(at now: Timestamp) -> [LessonAction] {
        var actions: [LessonAction] = []
        switch prompt {
        case .answer: actions.append(.answer)
        case .tick: actions.append(.tick)
        case .lab:
            actions.append(.type)
            if let lab = state.runningLab, (state.labs[lab.id]?.drafted ?? 0) < lab.draft.count {
                actions.append(.skip)
            }
        case .none: break
        }
        if state.isDone { actions.insert(.next, at: 0) }
        if state.openLab != nil {
            if state.running != nil {
                actions.append(.rerun)
            } else if case .question? = state.current {
                actions.append(.run)
            } else {
                actions.insert(.run, at: state.isDone ? actions.count : 0)
            }
        }
        if !state.isDone, state.hintLevel < step.hints.count {
            actions.append(.hint(seconds: secondsToHint(at: now)))
        }
        if !state.answered.isEmpty || state.running != nil { actions.append(.undo) }
        actions.append(.reset)
        if !state.isDone { actions.append(.next) }
        actions.append(.previous)
        return actions
    }

    /// Of a lab that runs and has not passed.
    private var pointer: CheckResult.Pointer? {
        guard let lab = state.runningLab, !state.passed.contains(lab.id) else { return nil }
        return state.labs[lab.id]?.report?.first?.pointer
    }
}
