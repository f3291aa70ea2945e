package import Connection

/// A sitting of questions: practice, a review or an exam. Events go in; a view comes out, and what is to be kept.
///
///     let effects = session.handle(.submit, at: now)
///     try store.apply(effects)          // before anything is shown
///     draw(session.view)
///
/// It does no input and no output, reads no clock and draws no random number but from its seed.
package struct QuizSession: Sendable {
    enum Phase: Sendable { case asking, corrected, finished }

    let title: String
    let mode: AnswerRecord.Mode
    var context: QuizContext
    var questions: [AskedItem]
    var current = 0
    var phase: Phase
    var note: String?
    private let seed: UInt64
    private var answerCount = 0

    /// - Parameters:
    ///   - items: In the order in which they are asked.
    ///   - seed: Shuffles the rows of each item.
    ///   - time: Now.
    package init(
        title: String, items: [QuizItem], mode: AnswerRecord.Mode, seed: UInt64, context: QuizContext,
        at time: Timestamp
    ) {
        self.title = title
        self.mode = mode
        self.seed = seed
        self.context = context
        questions = items.map { AskedItem($0, seed: seed) }
        phase = items.isEmpty ? .finished : .asking
        show(at: time)
    }

    var isExam: Bool { mode == .exam }

    private mutating func show(at time: Timestamp) {
        guard phase == .asking, questions[current].shownAt == nil else { return }
        questions[current].shownAt = time
    }

    /// Takes an event; one that makes no sense now changes nothing.
    /// - Returns: What is to be kept.
    package mutating func handle(_ event: QuizEvent, at time: Timestamp) -> [QuizEffect] {
        note = nil
        defer { show(at: time) }
        switch (phase, event) {
        case (.asking, .submit): return submit(at: time)
        case (.asking, .hint): hint(at: time)
        case (.asking, .skip): skip()
        case (.asking, .sure(let confidence)): questions[current].confidence = confidence
        case (.asking, .go(let question)): if isExam, questions.indices.contains(question) { current = question }
        case (.asking, .flag): if isExam { questions[current].isFlagged.toggle() }
        case (.asking, .undo): return isExam ? [] : undoPrevious()
        case (.asking, .finish): phase = .finished
        case (.asking, _): change(event)
        case (.corrected, .next): advance()
        case (.corrected, .undo): return undo()
        case (.corrected, .lower): return lower()
        case (.corrected, .finish): phase = .finished
        case (.corrected, _), (.finished, _): break
        }
        return []
    }

    private mutating func change(_ event: QuizEvent) {
        let asked = questions[current]
        // What is being compared is written; before that there is nothing to tick.
        if case .tick = event, !asked.isComparing { return }
        if case .type = event, asked.isComparing { return }
        guard let answer = asked.answer.changed(by: event, in: asked.shown) else { return }
        questions[current].answer = answer
        questions[current].isTouched = true
    }
}

/// Answering.
extension QuizSession {
    private mutating func submit(at time: Timestamp) -> [QuizEffect] {
        if let missing = questions[current].missing {
            note = missing
            return []
        }
        if questions[current].isFree, !questions[current].isComparing {
            questions[current].isComparing = true
            return []
        }
        var effects: [QuizEffect] = []
        if let earlier = questions[current].result {
            effects.append(.undo(uid: earlier.record.uid))
            restore(earlier)
        }
        let result = result(of: questions[current], at: time)
        questions[current].result = result
        for key in result.record.cards {
            context.cards[key] = Card.reviewed(
                context.cards[key], result.record.grade, on: result.record.day, by: context.schedule.model)
        }
        if isExam { advance() } else { correct() }
        return effects + [.record(result.record)]
    }

    private mutating func result(of asked: AskedItem, at time: Timestamp) -> AskedItem.Result {
        let item = asked.item
        let marking = Marking.mark(asked.answer, of: item)
        let taken = Int(clamping: max(0, time.since(asked.shownAt ?? time)) / 1_000_000)
        answerCount += 1
        let record = AnswerRecord(
            uid: "\(context.sitting)-\(answerCount)", card: Card.Key(.item, item.id), concepts: item.concepts,
            seed: item.seed, mode: mode, time: time, day: context.calendar.day(of: time), score: marking.score,
            isRight: marking.isRight, confidence: asked.confidence, hints: asked.hints.count, milliseconds: taken,
            grade: GradeRule.grade(
                isRight: marking.isRight, score: marking.score, isFree: asked.isFree, hints: asked.hints.count,
                confidence: asked.confidence, milliseconds: taken,
                expected: GradeRule.expectedMilliseconds(for: item)),
            given: asked.answer.text(for: item.body), beliefs: marking.beliefs)
        return AskedItem.Result(
            marking: marking, record: record,
            before: Dictionary(record.cards.map { ($0, context.cards[$0]) }) { first, _ in first })
    }

    private mutating func correct() {
        phase = .corrected
        guard let result = questions[current].result, !result.marking.isRight else { return }
        let repeats = questions[current].repeats + 1
        guard repeats <= 2 else { return }
        let again = AskedItem(context.again(questions[current].item), seed: seed, repeats: repeats)
        // Sure and wrong is learnt best, and soon; two others come between. What else was wrong comes at the end.
        let isHyper = result.record.confidence == .sure
        questions.insert(again, at: isHyper ? min(current + 3, questions.count) : questions.count)
    }

    private mutating func advance() {
        let open = questions.indices.filter { questions[$0].result == nil }
        guard let next = open.first(where: { $0 > current }) ?? open.first else {
            if isExam {
                note = "All are answered. Finish, or go back to any of them."
            } else {
                phase = .finished
            }
            return
        }
        current = next
        phase = .asking
    }

    private mutating func skip() {
        if isExam { return advance() }
        guard !questions[current].isSkipped, current < questions.count - 1 else {
            questions.remove(at: current)
            if current == questions.count { phase = .finished }
            current = min(current, max(0, questions.count - 1))
            return
        }
        var skipped = questions.remove(at: current)
        skipped.isSkipped = true
        skipped.shownAt = nil
        questions.append(skipped)
    }

    private mutating func hint(at time: Timestamp) {
        let catalogue = context.catalogue
        let all = QuizHints.hints(for: questions[current].shown) { catalogue.concept($0) }
        guard questions[current].hints.count < all.count, !isExam else {
            note = isExam ? "An exam has no hints." : "There is no further hint. Answer as well as you can."
            return
        }
        if let last = questions[current].lastHint, time.since(last) < QuizHints.gate, time.since(last) >= 0 {
            note =
                "Think a little longer; the next hint comes in \((QuizHints.gate - time.since(last)) / 1_000_000_000 + 1) s."
            return
        }
        questions[current].hints.append(all[questions[current].hints.count])
        questions[current].lastHint = time
    }
}

/// Taking back.
extension QuizSession {
    private mutating func restore(_ result: AskedItem.Result) {
        for (key, card) in result.before { context.cards[key] = card }
    }

    private mutating func undoPrevious() -> [QuizEffect] {
        guard let previous = questions[..<current].lastIndex(where: { $0.result != nil }) else {
            note = "There is nothing to take back."
            return []
        }
        current = previous
        return undo()
    }

    private mutating func undo() -> [QuizEffect] {
        guard let result = questions[current].result else { return [] }
        restore(result)
        questions[current].result = nil
        questions[current].shownAt = nil
        let asked = questions[current]
        // What came back because of it has no reason to any more.
        let comeback = context.again(asked.item).id
        if !result.marking.isRight,
            let index = questions.lastIndex(where: {
                $0.item.id == comeback && $0.repeats == asked.repeats + 1 && $0.result == nil
            })
        {
            questions.remove(at: index)
        }
        phase = .asking
        note = "Taken back. Answer again."
        return [.undo(uid: result.record.uid)]
    }

    private mutating func lower() -> [QuizEffect] {
        guard let result = questions[current].result, result.record.grade > .again,
            let grade = Grade(rawValue: result.record.grade.rawValue - 1)
        else { return [] }
        restore(result)
        questions[current].result?.record = result.record.graded(grade)
        for key in result.record.cards {
            context.cards[key] = Card.reviewed(
                context.cards[key], grade, on: result.record.day, by: context.schedule.model)
        }
        return [.regrade(uid: result.record.uid, grade)]
    }
}
