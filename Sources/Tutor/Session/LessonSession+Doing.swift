import Connection

/// Answers, hints and moving about.
extension LessonSession {
    mutating func typed(_ line: String) -> [LessonRequest] {
        switch state.current {
        case .question(let question): return answer(line, question)
        case .lab, nil, .text, .bytes:
            guard state.running != nil else {
                if let lab = state.openLab, !state.passed.contains(lab.id) {
                    // Enter alone begins; a line that was meant for the lab is not lost in silence.
                    if line.trimmed.isEmpty { return run() }
                    notice = "The lab is not running yet. Enter alone starts it."
                } else {
                    notice = "This step is done. :next goes on."
                }
                return []
            }
            return typeIntoLab(line)
        }
    }

    // MARK: Answers

    private mutating func answer(_ line: String, _ question: Question) -> [LessonRequest] {
        if case .recall(let ideas, _) = question.kind { return recall(line, question, ideas.count) }
        let judgement: Judgement
        do {
            judgement = try question.judge(line, measured: measured(question))
        } catch {
            notice = error.why
            return []
        }
        state.tries[question.id] = judgement
        if question.role == .predict {
            take(judgement, question)
            notice = "Locked in. Now see what happens."
            return keep(.predicted(question: question.id, answer: judgement.answer, isRight: judgement.isRight))
                + finishIfDone()
        }
        let misconceptions = judgement.remarks.filter { !$0.isRight }.compactMap(\.misconception)
        var requests = keep(
            .answered(
                question: question.id, answer: judgement.answer, isRight: judgement.isRight,
                misconceptions: misconceptions))
        if judgement.isRight {
            take(judgement, question)
            notice = "Right."
            requests += finishIfDone()
        } else {
            notice = "Not yet. Read why, and try again."
        }
        return requests
    }

    private mutating func take(_ judgement: Judgement, _ question: Question) {
        state.judgements[question.id] = judgement
        state.answered.append(question.id)
    }

    /// What the lab of the step measured for a question; nil where it has not run.
    package func measured(_ question: Question) -> Double? {
        state.labs.values.compactMap { $0.measured[question.id] }.first
    }

    private mutating func recall(_ line: String, _ question: Question, _ count: Int) -> [LessonRequest] {
        if state.recalls[question.id] != nil {
            // Behind the text, numbers tick ideas and an empty line is the end.
            if line.trimmed.isEmpty { return confirm() }
            guard let number = Int(line.trimmed), (1...count).contains(number) else {
                notice = "Type the number of an idea that is in your text, 1 to \(count); Enter alone ends."
                return []
            }
            return tick(number - 1)
        }
        guard line.trimmed.split(separator: " ").count >= 3 else {
            notice = "Say it in your own words, in a sentence at least."
            return []
        }
        state.recalls[question.id] = RecallView(
            text: line.trimmed, ticks: Array(repeating: false, count: count))
        notice = "Which of these ideas are in your text? Type a number to tick it; Enter alone ends."
        return []
    }

    mutating func tick(_ index: Int) -> [LessonRequest] {
        guard case .question(let question)? = state.current, let recall = state.recalls[question.id],
            recall.ticks.indices.contains(index)
        else { return [] }
        var ticks = recall.ticks
        ticks[index].toggle()
        state.recalls[question.id] = RecallView(text: recall.text, ticks: ticks)
        return []
    }

    mutating func confirm() -> [LessonRequest] {
        guard case .question(let question)? = state.current, let recall = state.recalls[question.id] else { return [] }
        let count = recall.ticks.count(where: { $0 })
        take(Judgement(isRight: true, answer: recall.text, remarks: []), question)
        notice = "\(count) of \(recall.ticks.count) ideas. Compare with the model answer."
        return keep(
            .recalled(question: question.id, answer: recall.text, ideas: count, of: recall.ticks.count))
            + finishIfDone()
    }

    mutating func finishIfDone() -> [LessonRequest] {
        guard state.isDone, !progress.finished.contains(step.id) else { return [] }
        return keep(.finished(step: step.id))
    }

    // MARK: Hints

    mutating func hint(at now: Timestamp) -> [LessonRequest] {
        guard state.hintLevel < step.hints.count else {
            notice = step.hints.isEmpty ? "There is no hint in this step; the text has it." : "That was the last one."
            return []
        }
        guard now >= state.nextHint else {
            notice = "Look once more at what is there. The next hint is ready in \(secondsToHint(at: now)) s."
            return []
        }
        state.hintLevel += 1
        state.nextHint = Timestamp(nanoseconds: now.nanoseconds + UInt64(LessonSession.hintGate))
        return keep(.hinted(step: step.id, level: state.hintLevel))
    }

    func secondsToHint(at now: Timestamp) -> Int {
        Int(max((state.nextHint.since(now) + 999_999_999) / 1_000_000_000, 0))
    }

    // MARK: Back

    mutating func undo() -> [LessonRequest] {
        if state.running != nil, let lab = state.runningLab, var kept = state.labs[lab.id], !kept.typed.isEmpty {
            kept.typed.removeLast()
            notice = "The lab begins anew, without the line typed last."
            return start(lab, replaying: kept.typed)
        }
        guard let id = state.answered.popLast() else {
            notice = "There is nothing to take back in this step."
            return []
        }
        state.judgements[id] = nil
        state.tries[id] = nil
        state.recalls[id] = nil
        notice = "The answer is taken back."
        return keep(.reset(step: step.id, questions: [id], labs: []))
    }

    mutating func reset(at now: Timestamp) -> [LessonRequest] {
        let requests = stopLab()
        let record = LessonRecord.reset(step: step.id, questions: step.questions.map(\.id), labs: step.labs.map(\.id))
        let kept = keep(record)
        state = StepState(step, progress, at: now)
        notice = "The step begins anew."
        return requests + kept
    }

    // MARK: Moving

    mutating func move(by count: Int, at now: Timestamp) -> [LessonRequest] {
        let target = stepIndex + count
        if lesson.steps.indices.contains(target) { return open(lesson, target, at: now) }
        let lessons = course.lessons
        guard let place = lessons.firstIndex(where: { $0.number == lesson.number }),
            lessons.indices.contains(place + count), !lessons[place + count].steps.isEmpty
        else {
            notice = count > 0 ? "This was the last step of the last lesson." : "This is the first step."
            return []
        }
        let other = lessons[place + count]
        return open(other, count > 0 ? 0 : other.steps.count - 1, at: now)
    }

    mutating func jump(_ place: String, at now: Timestamp) -> [LessonRequest] {
        if let number = Int(place), lesson.steps.indices.contains(number - 1) {
            return open(lesson, number - 1, at: now)
        }
        if let found = course.place(of: place) { return open(found.lesson, found.step, at: now) }
        let parts = place.split(separator: ".").compactMap { Int($0) }
        if parts.count == 2, let lesson = course.lesson(parts[0]), lesson.steps.indices.contains(parts[1] - 1) {
            return open(lesson, parts[1] - 1, at: now)
        }
        notice = "There is no such step. A number of this lesson, LESSON.STEP or an id will do; :find searches."
        return []
    }

    private mutating func open(_ lesson: Lesson, _ index: Int, at now: Timestamp) -> [LessonRequest] {
        let requests = stopLab()
        self.lesson = lesson
        stepIndex = index
        state = StepState(lesson.steps[index], progress, at: now)
        return requests + keep(.opened(step: step.id))
    }
}
