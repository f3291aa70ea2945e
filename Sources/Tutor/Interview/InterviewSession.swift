package import Connection
import Foundation

/// A mock interview. Events go in; a view comes out, and what is to be kept. Everything typed so far is in the state, so
/// an interview that was cut off goes on where it was.
package struct InterviewSession: Sendable {
    package private(set) var state: InterviewState
    let book: InterviewBook
    let calendar: LearnerCalendar
    /// The report of the interview before; nil where there is none.
    let before: InterviewReport?
    var note: String?
    private(set) var report: InterviewReport?

    /// A new one.
    /// - Parameters:
    ///   - id: Unique among all interviews there are.
    ///   - minutes: 10, 20 or 45.
    package init(
        id: String, book: InterviewBook, level: QuizItem.Level, minutes: Int, parts: [InterviewState.Part],
        calendar: LearnerCalendar, before: InterviewReport?, at time: Timestamp
    ) {
        self.book = book
        self.calendar = calendar
        self.before = before
        state = InterviewState(
            id: id, level: level, minutes: minutes, parts: parts, started: time.milliseconds,
            rounds: parts.map { _ in InterviewState.Round() }, stageBegan: time.milliseconds)
    }

    /// One that was begun; nil where its state cannot be read or belongs to other questions.
    package init?(
        resuming record: InterviewRecord, book: InterviewBook, calendar: LearnerCalendar, before: InterviewReport?,
        at time: Timestamp
    ) {
        guard var state = try? JSONDecoder().decode(InterviewState.self, from: Data(record.state.utf8)),
            state.stage != .finished, state.parts.indices.contains(state.part),
            state.rounds.count == state.parts.count,
            state.parts.allSatisfy({ part in
                if case .question(let id) = part { book.question(id) != nil } else { true }
            })
        else { return nil }
        state.stageBegan = time.milliseconds
        self.state = state
        self.book = book
        self.calendar = calendar
        self.before = before
        note = "Going on where you stopped."
    }

    package var isFinished: Bool { state.stage == .finished }

    var round: InterviewState.Round {
        get { state.rounds[state.part] }
        set { state.rounds[state.part] = newValue }
    }

    var part: InterviewState.Part { state.parts[state.part] }

    var question: InterviewBook.Question? {
        if case .question(let id) = part { book.question(id) } else { nil }
    }

    /// The follow-up that is asked now.
    var followUp: InterviewBook.FollowUp? {
        guard round.replies.indices.contains(state.reply) else { return nil }
        return question?.followUps.first { $0.id == round.replies[state.reply].followUp }
    }

    /// Takes an event; one that makes no sense now changes nothing.
    /// - Returns: What is to be kept.
    package mutating func handle(_ event: InterviewEvent, at time: Timestamp) -> [InterviewEffect] {
        note = nil
        var effects: [InterviewEffect] = []
        switch event {
        case .next: effects = next(at: time)
        case .type(let text): type(text)
        case .tick(let row): tick(row)
        case .move(let row, let target): move(row, target)
        case .arrange(let rows):
            if state.stage == .drill, part == .order, rows.sorted() == Array(round.order.indices) {
                round.order = rows.map { round.order[$0] }
            }
        case .mark(let mark):
            if state.stage == .followUpCompare, round.replies.indices.contains(state.reply) {
                round.replies[state.reply].mark = mark
            }
        }
        return effects + [.save(record(at: time))]
    }

    /// As it is kept.
    package func record(at time: Timestamp) -> InterviewRecord {
        let finished = report.map { _ in time }
        return InterviewRecord(
            id: state.id, started: Timestamp(milliseconds: state.started), level: state.level.rawValue,
            minutes: state.minutes, state: InterviewSession.json(state), finished: finished,
            report: report.map(InterviewSession.json))
    }

    static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            preconditionFailure("text and finite numbers are JSON: \(error)")
        }
    }
}

/// From stage to stage.
extension InterviewSession {
    private mutating func next(at time: Timestamp) -> [InterviewEffect] {
        switch state.stage {
        case .intro: begin(at: time)
        case .think: go(to: .answer, at: time)
        case .answer:
            guard isWritten(round.text) else { return [] }
            round.milliseconds = elapsed(at: time)
            go(to: .ideas, at: time)
        case .ideas: go(to: .wrong, at: time)
        case .wrong: go(to: .structure, at: time)
        case .structure: askFollowUps(at: time)
        case .followUp:
            guard round.replies.indices.contains(state.reply), isWritten(round.replies[state.reply].text) else {
                return []
            }
            go(to: .followUpCompare, at: time)
        case .followUpCompare: return compared(at: time)
        case .verdict, .drillResult: return nextPart(at: time)
        case .drill: drillDone(at: time)
        case .finished: break
        }
        return []
    }

    private mutating func isWritten(_ text: String) -> Bool {
        guard text.allSatisfy(\.isWhitespace) else { return true }
        note = "Write at least a sentence; a wrong one teaches more than none."
        return false
    }

    private func elapsed(at time: Timestamp) -> Int { Int(max(0, time.milliseconds - state.stageBegan)) }

    private mutating func go(to stage: InterviewState.Stage, at time: Timestamp) {
        state.stage = stage
        state.stageBegan = time.milliseconds
    }

    /// The first stage of a part.
    private mutating func begin(at time: Timestamp) {
        switch part {
        case .question: go(to: .think, at: time)
        case .order:
            // Shuffled by the id, so that an interview which is resumed shows the same.
            var random = SeededRandom(UInt64(bitPattern: state.started), for: state.id)
            let sorted = Array(book.template.sentences.indices)
            var order = sorted.shuffled(using: &random)
            if order == sorted, order.count > 1 { order.swapAt(0, 1) }
            round.order = order
            go(to: .drill, at: time)
        case .cut, .summary: go(to: .drill, at: time)
        }
    }

    /// Two follow-ups, a senior three, about what was missed; where nothing was, about what weighs most.
    private mutating func askFollowUps(at time: Timestamp) {
        guard let question else { return }
        let weights = Dictionary(question.ideas.map { ($0.id, $0.weight) }) { first, _ in first }
        let ranked = question.followUps.enumerated().sorted { one, other in
            let isMissed = (!round.ideas.contains(one.element.missing), !round.ideas.contains(other.element.missing))
            if isMissed.0 != isMissed.1 { return isMissed.0 }
            let weight = (weights[one.element.missing] ?? 0, weights[other.element.missing] ?? 0)
            return weight.0 != weight.1 ? weight.0 > weight.1 : one.offset < other.offset
        }
        let count = state.level == .senior ? 3 : 2
        round.replies = ranked.prefix(count).map { InterviewState.Reply(followUp: $0.element.id, text: "") }
        state.reply = 0
        go(to: round.replies.isEmpty ? .verdict : .followUp, at: time)
    }

    private mutating func compared(at time: Timestamp) -> [InterviewEffect] {
        guard round.replies.indices.contains(state.reply), round.replies[state.reply].mark != nil else {
            note = "How good was it? Say yes, partly or no."
            return []
        }
        if state.reply + 1 < round.replies.count {
            state.reply += 1
            go(to: .followUp, at: time)
            return []
        }
        go(to: .verdict, at: time)
        return question.map { [.record(answer($0, at: time))] } ?? []
    }

    private func answer(_ question: InterviewBook.Question, at time: Timestamp) -> AnswerRecord {
        let verdict = InterviewVerdict(question, round, book)
        return AnswerRecord(
            uid: "\(state.id)-\(state.part)", card: Card.Key(.question, question.id), concepts: [], seed: nil,
            mode: .interview, time: time, day: calendar.day(of: time), score: verdict.share,
            isRight: verdict.grade > .again, confidence: nil, hints: 0, milliseconds: round.milliseconds,
            grade: verdict.grade, given: round.text,
            beliefs: question.wrong.compactMap { wrong in
                wrong.misconception.map {
                    AnswerRecord.Belief(misconception: $0, isHeld: round.wrong.contains(wrong.id))
                }
            }.filter(\.isHeld))
    }

    private mutating func drillDone(at time: Timestamp) {
        switch part {
        case .question: return
        case .order: break
        case .cut, .summary: guard isWritten(round.text) else { return }
        }
        round.milliseconds = elapsed(at: time)
        go(to: .drillResult, at: time)
    }

    private mutating func nextPart(at time: Timestamp) -> [InterviewEffect] {
        guard state.part + 1 < state.parts.count else {
            report = InterviewReport(
                date: LearnerCalendar.text(ofDay: calendar.day(of: Timestamp(milliseconds: state.started))),
                state: state, verdicts: verdicts, drills: drills, book: book, before: before)
            go(to: .finished, at: time)
            return []
        }
        state.part += 1
        state.reply = 0
        begin(at: time)
        return []
    }

    private var verdicts: [InterviewVerdict] {
        zip(state.parts, state.rounds).compactMap { part, round in
            guard case .question(let id) = part, let question = book.question(id) else { return nil }
            return InterviewVerdict(question, round, book)
        }
    }

    private var drills: [InterviewReport.Drill] {
        zip(state.parts, state.rounds).compactMap { part, round in DrillResult(part, round, book)?.report }
    }
}

/// Typing and ticking.
extension InterviewSession {
    private mutating func type(_ text: String) {
        switch state.stage {
        case .answer, .drill: round.text = text
        case .followUp:
            if round.replies.indices.contains(state.reply) { round.replies[state.reply].text = text }
        case .intro, .think, .ideas, .wrong, .structure, .followUpCompare, .verdict, .drillResult, .finished: break
        }
    }

    private mutating func tick(_ row: Int) {
        switch state.stage {
        case .ideas: if let ids = question?.ideas.map(\.id) { toggle(row, of: ids, in: \.ideas) }
        case .wrong: if let ids = question?.wrong.map(\.id) { toggle(row, of: ids, in: \.wrong) }
        case .structure: toggle(row, of: book.template.parts.map(\.id), in: \.structure)
        case .intro, .think, .answer, .followUp, .followUpCompare, .verdict, .drill, .drillResult, .finished: break
        }
    }

    private mutating func toggle(
        _ row: Int, of ids: [String], in set: WritableKeyPath<InterviewState.Round, Set<String>>
    ) {
        guard ids.indices.contains(row) else { return }
        round[keyPath: set].formSymmetricDifference([ids[row]])
    }

    private mutating func move(_ row: Int, _ target: Int) {
        guard state.stage == .drill, part == .order, round.order.indices.contains(row),
            round.order.indices.contains(target)
        else { return }
        round.order.insert(round.order.remove(at: row), at: target)
    }
}
