/// What a person asks of the place Progress.
enum StandingAction: Hashable {
    case common(CommonAction)
    /// The lesson that mends what is selected.
    case lesson
    case review, date
}

/// The keys of the place Progress.
enum StandingBindings {
    typealias Entry = KeyBinding<StandingPlace, StandingAction>

    static let all: [Entry] =
        CommonKeys.moving("move", "the entry", rank: 1) { StandingAction.common($0) } + [
            Entry(.enter, "lesson", "the lesson that mends what is selected", .lesson, rank: 2),
            Entry(.character("r"), "review", "what is due", .review, rank: 3),
            Entry(.character("d"), "date", "the day of the interview, for which reviews are planned", .date, rank: 4),
        ]

    static let everywhere: [Entry] = CommonKeys.everywhere("leave") { StandingAction.common($0) }

    static var sections: [KeySection] { [KeySection("Progress", all)] }

    static func active(in place: StandingPlace) -> [Entry] {
        guard place.isHelpOpen else { return all + everywhere }
        let back = Entry(.escape, "back", "close what is open", .common(.back), rank: 4)
        return CommonKeys.moving("scroll", "a line", rank: 1) { StandingAction.common($0) } + [back] + everywhere
    }
}
