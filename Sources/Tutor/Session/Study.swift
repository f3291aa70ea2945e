package import Connection

/// A learner with a bank of questions and what is known of the learner: where sittings begin.
///
///     let study = Study(bank: .embedded, store: store, calendar: calendar)
///     var session = try study.quiz(topic: "frames", count: 10, seed: seed, isExam: false, sitting: id, at: now)
package struct Study: Sendable {
    package let bank: QuizBank
    package let store: ProgressStore
    package let calendar: LearnerCalendar

    package init(bank: QuizBank, store: ProgressStore, calendar: LearnerCalendar) {
        self.bank = bank
        self.store = store
        self.calendar = calendar
    }

    /// There is no topic of this name.
    package struct UnknownTopic: Error, Hashable, Sendable {
        package let name: String
        /// What may have been meant.
        package let closest: String?
        package let known: [String]

        package init(name: String, closest: String?, known: [String]) {
            self.name = name
            self.closest = closest
            self.known = known
        }
    }

    /// A sitting of questions.
    /// - Parameters:
    ///   - topic: The name of a topic, "drills" for generated ones, nil for all.
    ///   - seed: Chooses and shuffles. An exam is the same for the same seed; practice also looks at what is known.
    ///   - sitting: Unique among all sittings there are; begins the uid of each answer.
    /// - Throws: `UnknownTopic`, `ContentError`, `ProgressError`.
    package func quiz(
        topic: String?, count: Int, seed: UInt64, isExam: Bool, sitting: String, at time: Timestamp
    ) throws -> QuizSession {
        let (title, items) = try pool(topic, seed: seed)
        let context = try context(items: items, sitting: sitting)
        let chosen: [QuizItem]
        if isExam {
            var random = SeededRandom(seed, for: "exam")
            chosen = Interleaving.ordered(Array(items.shuffled(using: &random).prefix(count)))
        } else {
            let selection = QuizSelection(
                cards: context.cards, schedule: context.schedule, today: calendar.day(of: time))
            chosen = selection.practice(items, count: count, seed: seed)
        }
        return QuizSession(
            title: title, items: chosen, mode: isExam ? .exam : .quiz, seed: seed, context: context, at: time)
    }

    /// A sitting with these items, such as those about a recording.
    package func quiz(
        title: String, items: [QuizItem], seed: UInt64, sitting: String, at time: Timestamp
    ) throws -> QuizSession {
        QuizSession(
            title: title, items: Interleaving.ordered(items), mode: .quiz, seed: seed,
            context: try context(items: items, sitting: sitting), at: time)
    }

    /// What is due.
    package func review(seed: UInt64, sitting: String, at time: Timestamp) throws -> ReviewSession {
        let items = try items(seed: seed)
        return ReviewSession(
            items: items, seed: seed, context: try context(items: items, sitting: sitting), at: time)
    }

    /// When something is due next, for a person.
    package func nextReview(at time: Timestamp) throws(ProgressError) -> String {
        ReviewSession.next(
            cards: try store.cards(), schedule: Schedule(interviewDay: try store.interviewDay()),
            today: calendar.day(of: time))
    }

    /// The interview that was cut off; nil where there is none that can go on.
    package func interviewUnderWay(at time: Timestamp) throws -> InterviewSession? {
        guard let record = try store.unfinishedInterview() else { return nil }
        return InterviewSession(
            resuming: record, book: try bank.interview(), calendar: calendar, before: try store.lastReport(), at: time)
    }

    /// A new interview.
    package func interview(
        level: QuizItem.Level, minutes: Int, seed: UInt64, id: String, at time: Timestamp
    ) throws -> InterviewSession {
        let book = try bank.interview()
        let parts = InterviewPlan.parts(
            book, minutes: minutes, cards: try store.cards(), schedule: Schedule(), today: calendar.day(of: time),
            seed: seed)
        return InterviewSession(
            id: id, book: book, level: level, minutes: minutes, parts: parts, calendar: calendar,
            before: try store.lastReport(), at: time)
    }

    /// How far the learner has come.
    package func progress(at time: Timestamp) throws -> ProgressReport {
        try ProgressReport.make(
            from: store, items: try items(seed: 0), catalogue: try bank.catalogue(), book: try bank.interview(),
            calendar: calendar, at: time)
    }
}

extension Study {
    /// Every item there is: the bank's, and one of each generator.
    package func items(seed: UInt64) throws(ContentError) -> [QuizItem] {
        try bank.topics().flatMap(\.items) + AllGenerators.items(seed: seed)
    }

    private func pool(_ topic: String?, seed: UInt64) throws -> (title: String, items: [QuizItem]) {
        let drills = AllGenerators.items(seed: seed)
        guard let topic else {
            // Two in ten with fresh numbers.
            var random = SeededRandom(seed, for: "mixed")
            let some = drills.shuffled(using: &random).prefix(2)
            return ("All topics", Array(some) + (try bank.topics().flatMap(\.items).shuffled(using: &random)))
        }
        if topic == AllGenerators.topicName { return (AllGenerators.topicTitle, drills) }
        guard let known = try bank.topic(topic) else {
            throw UnknownTopic(
                name: topic, closest: bank.closest(to: topic), known: bank.topicNames + [AllGenerators.topicName])
        }
        return (known.title, known.items)
    }

    private func context(items: [QuizItem], sitting: String) throws -> QuizContext {
        let known = Dictionary(items.map { ($0.id, $0) }) { first, _ in first }
        return QuizContext(
            catalogue: try bank.catalogue(), cards: try store.cards(),
            schedule: Schedule(interviewDay: try store.interviewDay()), calendar: calendar, sitting: sitting,
            again: { item in item.variant.flatMap { known[$0] } ?? AllGenerators.again(item) })
    }
}
