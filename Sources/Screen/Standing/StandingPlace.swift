import Connection
import Tutor

/// The place Progress: what is known, and will be on the day of the interview; what is due, and what to mend.
struct StandingPlace {
    /// What can be selected, each with what mends it.
    enum Entry: Hashable {
        case question(ProgressReport.Question)
        case concept(ProgressReport.Concept)
        case misconception(ProgressReport.Misconception)

        var lesson: Int? {
            switch self {
            case .question(let question): question.lesson
            case .concept(let concept): concept.lesson
            case .misconception(let misconception): misconception.lesson
            }
        }
    }

    let learner: Learner
    private(set) var report: ProgressReport?
    var list = ListCursor()
    var scroll = 0
    /// The selected entry is kept in view.
    var follows = true
    var isHelpOpen = false
    var helpScroll = 0
    var prompt: Prompt?
    var notice: Notice?
    var layout = PageLayout(height: 24, width: 80)

    init(learner: Learner) { self.learner = learner }

    /// Looks at what was learnt since.
    mutating func look() {
        do {
            report = try learner.study.progress(at: learner.now)
        } catch let error as ProgressError {
            notice = .warning("\(error.what). \(error.advice)")
        } catch {
            notice = .warning("\(error)")
        }
    }

    var entries: [Entry] {
        guard let report else { return [] }
        return report.questions.map { .question($0) } + report.weak.prefix(StandingPage.weakCount).map { .concept($0) }
            + report.misconceptions.prefix(StandingPage.weakCount).map { .misconception($0) }
    }

    var selected: Entry? { entries.indices.contains(list.index) ? entries[list.index] : nil }

    /// Sets the day of the interview, or none where the text is empty.
    mutating func set(date text: String) {
        let text = text.filter { $0 != " " }
        guard text.isEmpty || LearnerCalendar.day(parsing: text) != nil else {
            notice = .warning("\(text) is no date; write it as 2026-12-01")
            return
        }
        do {
            try learner.study.store.setInterviewDay(LearnerCalendar.day(parsing: text))
            notice = .success(text.isEmpty ? "no day of an interview" : "reviews are planned for \(text)")
        } catch {
            notice = .warning("\(error.what). \(error.advice)")
        }
        look()
    }
}
