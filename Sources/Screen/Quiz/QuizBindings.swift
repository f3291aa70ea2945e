import Tutor

/// What a person asks of the place Quiz.
enum QuizAction: Hashable {
    case common(CommonAction)
    case enter
    case hint, skip, undo, lower, finish
    /// In an exam.
    case neighbour(Int), flag
    case lesson, type, level
    /// One's own text, where it stands beside its ideas.
    case own(Int)
    case leave
}

/// The keys of the place Quiz.
enum QuizBindings {
    typealias Entry = KeyBinding<QuizPlace, QuizAction>

    static let menu: [Entry] =
        CommonKeys.moving("move", "the entry", rank: 1) { QuizAction.common($0) } + [
            Entry(.enter, "begin", "begin what is selected", .enter, rank: 2),
            Entry(.character("L"), "level", "of the interview: junior, mid, senior", .level, rank: 3),
        ]

    /// The keys of each kind of answer, for the help.
    static let answers: [(sign: String, text: String)] = [
        ("t f", "a statement is true, or false"), ("a b c", "an option; of several each that is right"),
        ("space", "the option at the cursor; takes up a step, and lets it go"),
        ("J K", "carry the step down, up"), ("← →", "another partner"),
        ("1 2 3", "how sure: guess, think, sure; hands in"),
    ]

    static let question: [Entry] = [
        Entry(.enter, "submit", "hand the answer in", .enter, rank: 2),
        Entry("↑↓", "move", "the row above, below; out of sight, a line up or down", scrolling, rank: 1),
        CommonKeys.paging { QuizAction.common($0) },
        Entry(.character("i"), "type", "type the answer", .type, whyDisabled: nothingToType),
        Entry(
            .character("h"), "hint", "a hint; the next one a little later", .hint, rank: 3, whyDisabled: isNot(.hint)),
        Entry("s ^S", "skip", "leave it for the end", [(.character("s"), .skip), (.control("s"), .skip)], rank: 4),
        Entry(.character("u"), "undo", "take the answer before back", .undo, whyDisabled: isNot(.undo)),
        Entry(
            "n p", "question", "of an exam: the next question, the one before",
            [(.character("n"), .neighbour(1)), (.character("p"), .neighbour(-1))], rank: 5, whyDisabled: isNot(.go)),
        Entry(.character("x"), "flag", "of an exam: come back to it", .flag, rank: 6, whyDisabled: isNot(.flag)),
        Entry(.character("E"), "end", "end the sitting; what was answered is kept", .finish),
        Entry(.escape, "leave", "back to the list; all is saved", .leave, rank: 8),
    ]

    static let correction: [Entry] = [
        Entry(.enter, "next", "on to the next question", .enter, rank: 1),
        Entry("↑↓", "scroll", "a line up, a line down", scrolling, rank: 6),
        CommonKeys.paging { QuizAction.common($0) },
        Entry(.character(" "), "page", "a page down", .common(.page(1))),
        Entry(.character("l"), "lesson", "the lesson about it", .lesson, rank: 2, whyDisabled: noLesson),
        Entry(
            .character("u"), "undo", "take the answer back and give it again", .undo, rank: 3, whyDisabled: isNot(.undo)
        ),
        Entry(
            .character("-"), "lower", "one grade lower: it was luck", .lower, rank: 4, whyDisabled: isNot(.lower)),
        Entry(
            .character("E"), "end", "end the sitting; what was answered is kept", .finish, whyDisabled: isNot(.finish)),
        Entry(.escape, "leave", "back to the list; all is saved", .leave, rank: 8),
    ]

    static let interview: [Entry] = [
        Entry(
            "Enter ^D", "next", "on: write, compare, the next question", [(.enter, .enter), (.control("d"), .enter)],
            rank: 1),
        Entry("↑↓", "move", "the row above, below", scrolling, rank: 2),
        CommonKeys.paging { QuizAction.common($0) },
        Entry(
            "J K", "own text", "what you wrote, a line down, a line up",
            [(.character("J"), .own(1)), (.character("K"), .own(-1))]),
        Entry(.character("i"), "type", "write on", .type, rank: 3, whyDisabled: nothingToType),
        Entry(.character("l"), "lesson", "the lesson about it", .lesson, rank: 4, whyDisabled: noLesson),
        Entry(.escape, "leave", "back to the list; all is saved, and you can go on later", .leave, rank: 8),
    ]

    static let everywhere: [Entry] = CommonKeys.everywhere("leave; every answer is kept") { QuizAction.common($0) }

    static var sections: [KeySection] {
        [
            KeySection("Quiz, the list", menu), KeySection("Quiz, answers", answers),
            KeySection("Quiz, a question", question), KeySection("Quiz, a correction", correction),
            KeySection("Quiz, the interview", interview),
        ]
    }

    static func active(in place: QuizPlace) -> [Entry] {
        if place.isHelpOpen {
            return CommonKeys.moving("scroll", "a line", rank: 1) { QuizAction.common($0) } + [back] + everywhere
        }
        return switch place.mode {
        case .menu: menu + everywhere
        case .interview: interview + everywhere
        case .sitting: (place.sitting?.question == nil ? correction : question) + everywhere
        }
    }

    private static let back = Entry(.escape, "back", "close what is open", .common(.back), rank: 4)

    private static let scrolling: [(key: Key, action: QuizAction)] = [
        (.up, .common(.move(-1))), (.down, .common(.move(1))), (.character("k"), .common(.move(-1))),
        (.character("j"), .common(.move(1))),
    ]

    private static func isNot(_ action: Tutor.QuizAction) -> (QuizPlace) -> String? {
        { $0.sitting?.view.actions.contains(action) == true ? nil : "there is nothing to \(action.name) here" }
    }

    private static let nothingToType: (QuizPlace) -> String? = { place in
        let form = place.mode == .interview ? place.interview?.form : place.sitting?.form
        return form?.inputs.isEmpty == false ? nil : "there is nothing to type here"
    }

    private static let noLesson: (QuizPlace) -> String? = { $0.lesson == nil ? "there is no lesson about it" : nil }
}
