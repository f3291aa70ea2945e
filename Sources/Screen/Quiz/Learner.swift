package import Connection
package import Tutor

/// Who learns: the bank of questions and what is known of the learner, with a clock and chance.
package final class Learner {
    package let study: Study
    private let clock: () -> Timestamp
    private let chance: () -> UInt64
    private var knownTopics: [QuizTopicName]?

    /// - Parameters:
    ///   - clock: The true time, whatever recording is looked at.
    ///   - chance: A random number, for shuffling and for names of sittings.
    package init(study: Study, clock: @escaping () -> Timestamp, chance: @escaping () -> UInt64) {
        self.study = study
        self.clock = clock
        self.chance = chance
    }

    var now: Timestamp { clock() }

    /// Names and titles, read once; what cannot be read is left out and told by who opens it.
    var topics: [QuizTopicName] {
        if let knownTopics { return knownTopics }
        let written = ((try? study.bank.topics()) ?? []).map {
            QuizTopicName(name: $0.name, title: $0.title, count: $0.items.count)
        }
        let drills = QuizTopicName(name: AllGenerators.topicName, title: AllGenerators.topicTitle, count: nil)
        knownTopics = written + [drills]
        return written + [drills]
    }

    /// How many questions are due now.
    var due: Int {
        guard let cards = try? study.store.cards() else { return 0 }
        let schedule = Schedule(interviewDay: (try? study.store.interviewDay()) ?? nil)
        let today = study.calendar.day(of: now)
        return cards.count { $0.key.kind == .item && schedule.isDue($0.value, on: today) }
    }

    func quiz(topic: String?, isExam: Bool = false) throws -> QuizSession {
        try study.quiz(topic: topic, count: 10, seed: chance(), isExam: isExam, sitting: name, at: now)
    }

    func review() throws -> QuizSession { try study.review(seed: chance(), sitting: name, at: now).quiz }

    func interview(level: QuizItem.Level, minutes: Int) throws -> InterviewSession {
        try study.interview(level: level, minutes: minutes, seed: chance(), id: name, at: now)
    }

    /// Unique among all sittings.
    private var name: String { String(chance(), radix: 36) }
}

/// A topic of the bank as it is listed.
struct QuizTopicName: Hashable {
    let name: String
    let title: String
    /// nil where there is no end of questions.
    let count: Int?
}
