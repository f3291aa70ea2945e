import Tutor

/// What can be begun in the place Quiz.
struct QuizMenu: Hashable {
    enum Entry: Hashable {
        /// The sitting that was left.
        case goOn
        /// The interview that was cut off.
        case resume
        case review
        /// Ten questions from everywhere.
        case mixed
        case exam
        case interview(minutes: Int)
        case topic(QuizTopicName)
    }

    let entries: [Entry]
    /// The sitting that was left: "Frames and messages, 7 of 10".
    let left: String?
    let due: Int
    let level: QuizItem.Level

    init(topics: [QuizTopicName], left: String?, hasInterview: Bool, due: Int, level: QuizItem.Level) {
        self.left = left
        self.due = due
        self.level = level
        let first: [Entry] =
            (left == nil ? [] : [.goOn]) + (hasInterview ? [.resume] : []) + (due > 0 ? [.review] : [])
        entries =
            first + [.mixed, .exam] + InterviewPlan.choices.map { .interview(minutes: $0) } + topics.map { .topic($0) }
    }

    func page(selected: Int, width: Int) -> Page {
        var page = Page()
        page.append("")
        for (index, entry) in entries.enumerated() {
            if case .topic = entry, index > 0, case .interview = entries[index - 1] {
                page.append("")
                page.append(StyledText(" Topics", .current))
            }
            let isSelected = index == selected
            if isSelected { page.focus = page.count..<(page.count + 1) }
            page.append(line(entry, isSelected, width), ground: isSelected ? .selected : .plain)
        }
        return page
    }

    /// The entry on a line of the page.
    func entry(onLine line: Int) -> Int? {
        let firstTopic = entries.firstIndex { if case .topic = $0 { true } else { false } } ?? entries.count
        if (1...firstTopic).contains(line) { return line - 1 }
        let index = line - 3
        return index >= firstTopic && index < entries.count ? index : nil
    }

    private func line(_ entry: Entry, _ isSelected: Bool, _ width: Int) -> StyledText {
        let (title, about) = words(entry)
        var line = StyledText(isSelected ? "▸ " : "  ", .strong)
        line.append(title.padded(to: 40), isSelected ? .strong : .text)
        line.append(about.clipped(to: max(0, width - 43)), .dim)
        return line
    }

    private func words(_ entry: Entry) -> (title: String, about: String) {
        switch entry {
        case .goOn: ("Go on", left ?? "")
        case .resume: ("Go on with the interview", "that was cut off")
        case .review: ("Review", "\(Figure.counted(due, "question")) due, worth most now")
        case .mixed: ("Quiz of ten", "from all topics, what is due first")
        case .exam: ("Exam of ten", "no hints, corrections at the end")
        case .interview(let minutes):
            (
                "Interview, \(minutes) minutes",
                minutes == InterviewPlan.choices[0] ? "\(level.rawValue); L changes the level" : ""
            )
        case .topic(let topic):
            (topic.title, topic.count.map { Figure.counted($0, "question") } ?? "new numbers each time")
        }
    }
}
