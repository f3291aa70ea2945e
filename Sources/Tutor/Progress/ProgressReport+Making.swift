package import Connection

extension ProgressReport {
    /// - Parameters:
    ///   - items: Every item of the bank, generators included.
    ///   - time: Now.
    package static func make(
        from store: ProgressStore, items: [QuizItem], catalogue: Catalogue, book: InterviewBook,
        calendar: LearnerCalendar, at time: Timestamp
    ) throws(ProgressError) -> ProgressReport {
        let interviewDay = try store.interviewDay()
        let maker = ReportMaker(
            cards: try store.cards(), counts: try store.counts(), schedule: Schedule(interviewDay: interviewDay),
            today: calendar.day(of: time), items: items, catalogue: catalogue)
        let warning = ClockWarning.text(last: try store.lastAnswer(), now: time, calendar)
        return maker.report(book, warning: warning)
    }
}

/// Says that the clock was set back.
package enum ClockWarning {
    /// - Returns: nil where all is well.
    package static func text(last: Timestamp?, now: Timestamp, _ calendar: LearnerCalendar) -> String? {
        // A minute is what two machines' clocks may differ by.
        guard let last, last.since(now) > 60_000_000_000 else { return nil }
        let day = LearnerCalendar.text(ofDay: calendar.day(of: last))
        return "The clock was set back: your last answer is from \(day), which is still to come. Nothing is lost; "
            + "until then reviews count as of the same day."
    }
}

/// The parts of a report.
private struct ReportMaker {
    let cards: [Card.Key: Card]
    let counts: ProgressStore.Counts
    let schedule: Schedule
    let today: Int
    let items: [QuizItem]
    let catalogue: Catalogue

    /// The day for which recall is predicted.
    private var target: Int { max(today, schedule.interviewDay ?? today) }

    func report(_ book: InterviewBook, warning: String?) -> ProgressReport {
        let forecast = forecast()
        let concepts = concepts()
        let weak = concepts.filter { ($0.recall ?? 1) < 0.8 || $0.lapses >= 4 }.sorted {
            ($0.recall ?? 1) < ($1.recall ?? 1)
        }
        let heat = (today - 83...today).map { day in
            ProgressReport.Day(
                date: LearnerCalendar.text(ofDay: day), answers: counts.days[day]?.answers ?? 0,
                right: counts.days[day]?.right ?? 0)
        }
        let left = schedule.interviewDay.flatMap { $0 >= today ? $0 - today : nil }
        return ProgressReport(
            today: LearnerCalendar.text(ofDay: today),
            interviewDate: schedule.interviewDay.map(LearnerCalendar.text), daysLeft: left, answers: counts.answers,
            right: counts.right, daysPractised: counts.daysPractised, due: forecast[0], forecast: forecast,
            questions: questions(book), concepts: concepts, weak: weak, misconceptions: misconceptions(), heat: heat,
            weeks: weeks(heat), advice: advice(due: forecast[0], weak), warning: warning)
    }

    private func forecast() -> [Int] {
        var forecast = Array(repeating: 0, count: 14)
        let known = Set(items.map(\.id))
        for (key, card) in cards where key.kind == .item && known.contains(key.id) {
            let day = max(0, schedule.due(card) - today)
            if day < forecast.count { forecast[day] += 1 }
        }
        return forecast
    }

    private func questions(_ book: InterviewBook) -> [ProgressReport.Question] {
        book.questions.map { question in
            let served = items.filter { $0.interview.contains(question.number) }
            let recalls = served.compactMap { cards[Card.Key(.item, $0.id)] }.map { schedule.recall($0, on: target) }
            let rubric = counts.rubric[question.id]
            return ProgressReport.Question(
                id: question.id, number: question.number, prompt: question.prompt, lesson: question.lesson,
                items: served.count, seen: recalls.count,
                recall: recalls.isEmpty ? nil : recalls.reduce(0, +) / Double(recalls.count), rubric: rubric,
                band: rubric.map { book.band($0).name })
        }
    }

    private func concepts() -> [ProgressReport.Concept] {
        var served: [String: [QuizItem]] = [:]
        for item in items { for concept in item.concepts { served[concept, default: []].append(item) } }
        return catalogue.concepts.map { id, name in
            let card = cards[Card.Key(.concept, id)]
            let of = served[id] ?? []
            return ProgressReport.Concept(
                id: id, name: name, items: of.count, seen: of.count { cards[Card.Key(.item, $0.id)] != nil },
                recall: card.map { schedule.recall($0, on: target) }, lapses: card?.lapses ?? 0,
                lesson: ReportMaker.commonest(of.compactMap(\.lesson)))
        }
    }

    private static func commonest(_ lessons: [Int]) -> Int? {
        Dictionary(grouping: lessons) { $0 }.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
    }

    private func misconceptions() -> [ProgressReport.Misconception] {
        counts.held.sorted().compactMap { id in
            guard let entry = catalogue.misconceptions[id] else { return nil }
            let lesson = items.first { item in
                item.body.choices.contains { $0.misconception == id }
                    || item.body.wrong.contains { $0.misconception == id }
            }?.lesson
            return ProgressReport.Misconception(id: id, belief: entry.belief, truth: entry.truth, lesson: lesson)
        }
    }

    private func weeks(_ heat: [ProgressReport.Day]) -> [Double?] {
        stride(from: 0, to: heat.count, by: 7).map { start in
            let week = heat[start..<min(start + 7, heat.count)]
            let answers = week.reduce(0) { $0 + $1.answers }
            return answers == 0 ? nil : Double(week.reduce(0) { $0 + $1.right }) / Double(answers)
        }
    }

    private func advice(due: Int, _ weak: [ProgressReport.Concept]) -> String {
        if counts.answers == 0 { return "Nothing answered yet. Begin with ws101 quiz." }
        if due > 0 { return "\(due) \(due == 1 ? "item is" : "items are") due: ws101 review." }
        if let weakest = weak.first, let lesson = weakest.lesson {
            return "Nothing is due. Weakest: \(weakest.name), ws101 lesson \(lesson)."
        }
        return "Nothing is due. Learn something new: ws101 quiz."
    }
}
