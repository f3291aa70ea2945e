package import Connection

/// Lessons in the learner's progress: a row for each step, question and lab, under its id.
extension ProgressStore {
    /// Keeps what happened in a lesson. It is on the disk when this returns.
    package func keep(_ record: LessonRecord, at time: Timestamp) throws(ProgressError) {
        switch record {
        case .opened(let step): try save(try known(step), at: time)
        case .finished(let step):
            var row = try known(step)
            row.status = .done
            try save(row, at: time)
        case .hinted(let step, let level):
            var row = try known(step)
            row.hints = max(row.hints, level)
            try save(row, at: time)
        case .predicted(let id, let answer, _), .recalled(let id, let answer, _, _):
            try save(StepRecord(id: id, status: .done, prediction: answer, attempts: 1), at: time)
        case .answered(let id, let answer, let isRight, _):
            var row = try known(id)
            row.attempts += 1
            if isRight {
                row.status = .done
                row.prediction = answer
            }
            try save(row, at: time)
        case .passed(let lab):
            var row = try known(lab)
            row.status = .done
            row.attempts += 1
            try save(row, at: time)
        case .reset(_, let questions, let labs):
            for id in questions + labs { try resetStep(id) }
        }
    }

    private func known(_ id: String) throws(ProgressError) -> StepRecord { try steps()[id] ?? StepRecord(id: id) }
}

extension LessonProgress {
    /// - Parameters:
    ///   - rows: What the store has, by id.
    ///   - latest: What was worked on last.
    package init(_ rows: [String: StepRecord], latest: StepRecord?, in course: Course) {
        self.init()
        for lesson in course.lessons {
            for step in lesson.steps {
                if rows[step.id]?.status == .done { finished.insert(step.id) }
                for question in step.questions where rows[question.id]?.status == .done {
                    answers[question.id] = rows[question.id]?.prediction ?? ""
                }
                for lab in step.labs where rows[lab.id]?.status == .done { passed.insert(lab.id) }
                let ids = [step.id] + step.questions.map(\.id) + step.labs.map(\.id)
                if let latest, ids.contains(latest.id) { current = step.id }
            }
        }
    }
}
