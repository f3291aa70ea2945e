import Connection
import Tutor

/// The place Quiz: what can be begun, and the sitting or the interview that is under way.
struct QuizPlace {
    enum Mode: Hashable {
        case menu
        case sitting
        case interview
    }

    let learner: Learner
    var mode = Mode.menu
    var list = ListCursor()
    /// Stays when one leaves it, until another one begins.
    var sitting: QuizSitting?
    var interview: InterviewSitting?
    /// Whether there is an interview that was cut off.
    private(set) var hasInterview = false
    private(set) var due = 0
    var level = QuizItem.Level.mid
    var isHelpOpen = false
    var helpScroll = 0
    /// The first visible line of the menu.
    var menuScroll = 0
    var notice: Notice?
    var layout = PageLayout(height: 24, width: 80)

    init(learner: Learner) {
        self.learner = learner
        look()
    }

    /// Looks at what is due, and at what was left.
    mutating func look() {
        due = learner.due
        let record = try? learner.study.store.unfinishedInterview()
        hasInterview = record != nil
    }

    var menu: QuizMenu {
        let left = sitting.flatMap { sitting in
            sitting.session.isFinished
                ? nil : "\(sitting.view.title), \(sitting.view.position) of \(sitting.view.count)"
        }
        return QuizMenu(
            topics: learner.topics, left: left,
            hasInterview: hasInterview || interview?.report == nil && interview != nil,
            due: due, level: level)
    }

    // MARK: - Beginning

    /// Begins what an entry of the menu names.
    mutating func begin(_ entry: QuizMenu.Entry) {
        attempt { place in
            switch entry {
            case .goOn: place.mode = .sitting
            case .resume: try place.resumeInterview()
            case .review: try place.begin(place.learner.review())
            case .mixed: try place.begin(place.learner.quiz(topic: nil))
            case .exam: try place.begin(place.learner.quiz(topic: nil, isExam: true))
            case .topic(let topic): try place.begin(place.learner.quiz(topic: topic.name))
            case .interview(let minutes): try place.beginInterview(minutes: minutes)
            }
        }
    }

    /// Begins the questions of a topic, by its name.
    mutating func begin(topic: String) {
        attempt { try $0.begin($0.learner.quiz(topic: topic)) }
    }

    private mutating func begin(_ session: QuizSession) throws {
        if session.isFinished {
            notice = .success(try learner.study.nextReview(at: learner.now))
            return
        }
        show(session)
    }

    mutating func show(_ session: QuizSession) {
        sitting = QuizSitting(session)
        mode = .sitting
    }

    /// One that begins, or goes on.
    mutating func show(_ session: InterviewSession) {
        keep([.save(session.record(at: learner.now))])
        interview = InterviewSitting(session)
        mode = .interview
    }

    private mutating func resumeInterview() throws {
        if interview == nil, let session = try learner.study.interviewUnderWay(at: learner.now) {
            interview = InterviewSitting(session)
        }
        guard interview != nil else {
            notice = .warning("the interview that was cut off belongs to other questions; begin a new one")
            hasInterview = false
            return
        }
        mode = .interview
    }

    private mutating func beginInterview(minutes: Int) throws {
        show(try learner.interview(level: level, minutes: minutes))
    }

    /// Says what went wrong in the last line; nothing is lost.
    mutating func attempt(_ work: (inout QuizPlace) throws -> Void) {
        do {
            try work(&self)
        } catch {
            notice = .warning(QuizPlace.words(error))
        }
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as ProgressError: "\(error.what). \(error.advice)"
        case let error as Study.UnknownTopic:
            "there is no topic \(error.name)" + (error.closest.map { "; did you mean \($0)?" } ?? "")
        default: "\(error)"
        }
    }

    // MARK: - Keeping

    mutating func keep(_ effects: [QuizEffect]) {
        guard !effects.isEmpty else { return }
        attempt { try $0.learner.study.store.apply(effects) }
        due = learner.due
    }

    mutating func keep(_ effects: [InterviewEffect]) {
        attempt { try $0.learner.study.store.apply(effects) }
        if interview?.report != nil { hasInterview = false }
    }

    /// Back to the menu; what is under way can be gone on with.
    mutating func leave() {
        sitting?.stopTyping()
        if sitting?.session.isFinished == true { sitting = nil }
        if interview?.report != nil { interview = nil }
        mode = .menu
        look()
        let count = menu.entries.count
        list.select(0, count: count)
    }
}
