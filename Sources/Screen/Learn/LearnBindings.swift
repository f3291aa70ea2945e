import Tutor

/// What a person asks of the place Learn.
enum LearnAction: Hashable {
    case common(CommonAction)
    /// What makes sense most: open, run, submit, go on, look at the frame of a failed check.
    case enter
    case type
    case run, hint, undo, reset
    case next, previous
    case lessons, search, jump
    /// Another row of the ladder.
    case row(Int)
    case showFrame, ladder
}

/// The keys of the place Learn.
enum LearnBindings {
    typealias Entry = KeyBinding<LearnPlace, LearnAction>

    static let lessons: [Entry] =
        CommonKeys.moving("lesson", "the lesson", rank: 1) { LearnAction.common($0) } + [
            Entry(.enter, "open", "go on in the lesson where you stopped", .enter, rank: 2),
            Entry(.character("/"), "search", "look for words in all lessons", .search, rank: 3),
            Entry(.character(":"), "go to", "a lesson by its number, or a step: 3.4", .jump, rank: 4),
        ]

    static let step: [Entry] = [
        Entry(
            .enter, "", "the next thing: submit, start the lab, go on; of a failed check its frame", .enter),
        Entry(
            "↑↓", "scroll", "a line up, a line down",
            [(.up, up), (.down, down), (.character("k"), up), (.character("j"), down)], rank: 7),
        CommonKeys.paging { LearnAction.common($0) },
        Entry(.character(" "), "page", "a page down", .common(.page(1))),
        Entry(
            "g G", "ends", "the beginning of the step, its end",
            [
                (.character("g"), .common(.first)), (.home, .common(.first)), (.character("G"), .common(.last)),
                (.end, .common(.last)),
            ]),
        Entry(.character("r"), "run", "start the lab, or start it anew", .run, rank: 2, whyDisabled: noLab),
        Entry(
            .character("i"), "type", "type the answer, or a line of the lab", .type, rank: 3, whyDisabled: nothingToType
        ),
        Entry(.character("h"), "hint", "a hint; the next one a little later", .hint, rank: 4, whyDisabled: noHint),
        Entry(.character("u"), "undo", "take back the last answer, or the last line of the lab", .undo),
        Entry(.character("R"), "reset", "begin the step anew", .reset),
        Entry(
            "→ ←", "step", "the next step, the one before",
            [(.right, .next), (.character("n"), .next), (.left, .previous), (.character("p"), .previous)], rank: 5),
        Entry(.character("/"), "search", "look for words in all lessons", .search),
        Entry(.character(":"), "go to", "a step by its number, or of another lesson: 3.4", .jump),
        Entry(
            "[ ]", "frame", "the row of the ladder above, below",
            [(.character("["), .row(-1)), (.character("]"), .row(1))],
            rank: 6, whyDisabled: noLadder),
        Entry(
            .character("o"), "open", "the selected frame in the place Watch, bit by bit", .showFrame,
            whyDisabled: noLadder),
        Entry(.character("w"), "ladder", "hide the ladder, show it again", .ladder, whyDisabled: noLadder),
        Entry(
            "Esc", "lessons", "back to the list of lessons", [(.escape, .lessons), (.character("l"), .lessons)], rank: 8
        ),
    ]

    static let hits: [Entry] =
        CommonKeys.moving("step", "the step", rank: 1) { LearnAction.common($0) } + [
            Entry(.enter, "open", "go to the step", .enter, rank: 2),
            Entry(.character("/"), "search", "look for other words", .search, rank: 3),
            Entry(.escape, "back", "back to where you were", .common(.back), rank: 4),
        ]

    static let everywhere: [Entry] =
        CommonKeys.everywhere("leave; every answer is kept") { LearnAction.common($0) }

    static var sections: [KeySection] {
        [KeySection("Learn, the lessons", lessons), KeySection("Learn, a step", step)]
    }

    static func active(in place: LearnPlace) -> [Entry] {
        if place.isHelpOpen {
            return CommonKeys.moving("scroll", "a line") { LearnAction.common($0) } + [back] + everywhere
        }
        return switch place.mode {
        case .lessons: lessons + everywhere
        case .step: step + everywhere
        case .hits: hits + everywhere
        }
    }

    private static let back = Entry(.escape, "back", "close what is open", .common(.back), rank: 4)
    private static let up = LearnAction.common(.move(-1))
    private static let down = LearnAction.common(.move(1))

    private static let noLab: (LearnPlace) -> String? = { place in
        guard let view = place.view else { return "no lesson is open" }
        return view.actions.contains(.run) || view.actions.contains(.rerun) ? nil : "there is no lab to run here yet"
    }

    private static let nothingToType: (LearnPlace) -> String? = { place in
        place.form?.inputs.isEmpty == false ? nil : "there is nothing to type here"
    }

    private static let noHint: (LearnPlace) -> String? = { place in
        let hasHint = place.view?.actions.contains { if case .hint = $0 { true } else { false } } ?? false
        return hasHint ? nil : "there is no hint here; the text has it"
    }

    private static let noLadder: (LearnPlace) -> String? = { place in
        place.ladder.isEmpty ? "no lab has run yet" : nil
    }
}
