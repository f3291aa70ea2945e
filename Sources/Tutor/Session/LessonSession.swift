package import Connection

/// A learner's way through the lessons: what happens goes in, what to show and what to do come out. No sockets, no
/// clock, no files in here.
///
///     for request in session.receive(.typed("hello"), at: now) { … }
///     draw(session.view(at: now))
package struct LessonSession: Sendable {
    package let course: Course
    package internal(set) var progress: LessonProgress
    package internal(set) var lesson: Lesson
    /// The place of the step in its lesson, from 0.
    package internal(set) var stepIndex: Int

    var state: StepState
    var notice: String?
    var hits: [SearchHit]?
    /// Runs are counted through, so that late reports of an old one are known.
    var lastRun = 0

    /// Nanoseconds from the opening of a step, or from one hint, to the next hint.
    package static let hintGate: Int64 = 8_000_000_000

    /// Opens a lesson at the step that was open last, or at its first that is not finished.
    /// - Parameter lesson: nil for the lesson that was open last, or the first that is not finished.
    /// - Returns: nil where there is no such lesson.
    package init?(_ course: Course, lesson number: Int? = nil, progress: LessonProgress, at now: Timestamp) {
        let last = progress.current.flatMap { course.place(of: $0) }
        let chosen = number.flatMap { course.lesson($0) } ?? last?.lesson
        let unfinished = course.lessons.first { lesson in
            lesson.steps.contains { !progress.finished.contains($0.id) }
        }
        guard number == nil || chosen?.number == number, let lesson = chosen ?? unfinished ?? course.lessons.first,
            !lesson.steps.isEmpty
        else { return nil }
        self.course = course
        self.progress = progress
        self.lesson = lesson
        let resumed = last.flatMap { $0.lesson.number == lesson.number ? $0.step : nil }
        stepIndex =
            resumed ?? lesson.steps.firstIndex { !progress.finished.contains($0.id) } ?? 0
        state = StepState(lesson.steps[stepIndex], progress, at: now)
    }

    package var step: LessonStep { lesson.steps[stepIndex] }

    /// What has to be done for whoever opens the lesson.
    package mutating func begin() -> [LessonRequest] { keep(.opened(step: step.id)) }

    /// - Parameter now: The time, for the gate between hints.
    package mutating func receive(_ input: LessonInput, at now: Timestamp) -> [LessonRequest] {
        if case .lab(let report) = input { return receive(report) }
        if case .typed(let line) = input, let command = LessonCommand(line) {
            guard case .input(let input) = command else { return [.leave] }
            return receive(input, at: now)
        }
        notice = nil
        hits = nil
        switch input {
        case .typed(let line): return typed(line)
        case .run: return run()
        case .undo: return undo()
        case .reset: return reset(at: now)
        case .hint: return hint(at: now)
        case .skip:
            skip()
            return []
        case .next: return move(by: 1, at: now)
        case .previous: return move(by: -1, at: now)
        case .jump(let place): return jump(place, at: now)
        case .search(let words):
            let found = course.search(words)
            hits = found
            if found.isEmpty { notice = "Nothing found. Try a shorter word." }
            return []
        case .tick(let index): return tick(index)
        case .confirm: return confirm()
        case .lab: return []
        }
    }

    /// Ends what runs, before the lesson is left.
    package mutating func end() -> [LessonRequest] { stopLab() }

    mutating func keep(_ record: LessonRecord) -> [LessonRequest] {
        progress.apply(record)
        return [.keep(record)]
    }
}

/// A line that is a command to the lesson and no answer: `:hint`, `:next`.
enum LessonCommand {
    case input(LessonInput)
    case leave

    init?(_ line: String) {
        let words = line.trimmed.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        switch words.first {
        case ":hint", ":h": self = .input(.hint)
        case ":run", ":r": if rest.isEmpty { self = .input(.run) } else { return nil }
        case ":skip", ":s": self = .input(.skip)
        case ":undo", ":u": self = .input(.undo)
        case ":reset": self = .input(.reset)
        case ":next", ":n": self = .input(.next)
        case ":back", ":b": self = .input(.previous)
        case ":go", ":jump": self = .input(.jump(rest))
        case ":find", ":search": self = .input(.search(rest))
        case ":quit", ":q": self = .leave
        default: return nil
        }
    }
}
