/// All bindings by where they are: input, bottom line, help and the README's key table read the same lists.
enum Bindings {
    struct Section {
        let title: String
        let bindings: [Binding]
    }

    static let sections = [
        Section(title: "Ladder", bindings: LadderPanel.bindings),
        Section(title: "Frame below the ladder", bindings: FramePanel.bindings),
        Section(title: "Connections", bindings: ConnectionsPanel.bindings),
        Section(title: "In the list of connections", bindings: ConnectionsPanel.focusBindings),
        Section(title: "An open frame", bindings: FrameDetailPanel.bindings),
        Section(title: "An open handshake, end or help", bindings: ScrollBindings.all),
        Section(title: "Everywhere", bindings: BottomLine.bindings),
    ]

    /// The keys of Watch for the help.
    static func help(for watch: Watch) -> [KeySection] { sections.map { KeySection($0.title, $0.bindings, in: watch) } }

    /// The bindings that mean something now; the first that has a key wins.
    static func active(in watch: Watch) -> [Binding] {
        switch watch.detail {
        case .frame: FrameDetailPanel.bindings + ScrollBindings.all + [enterForMore] + BottomLine.bindings
        case .handshake, .closing, .help: ScrollBindings.all + BottomLine.bindings
        case nil:
            if watch.isEmpty {
                BottomLine.bindings
            } else if watch.focus == .connections {
                ConnectionsPanel.focusBindings + LadderPanel.bindings.filter { !["row", "open"].contains($0.name) }
                    + BottomLine.bindings
            } else {
                LadderPanel.bindings + FramePanel.bindings + ConnectionsPanel.bindings + BottomLine.bindings
            }
        }
    }

    private static let enterForMore = Binding(.enter, "more", "of a Close frame: how the connection ended", .open)

    static func find(_ key: Key, in watch: Watch) -> (Binding, Action)? {
        for binding in active(in: watch) {
            if let match = binding.actions.first(where: { $0.key == key }) { return (binding, match.action) }
        }
        return nil
    }

    /// The keys of every place, as the README shows them.
    static var all: [KeySection] {
        [KeySection(Desk.sectionTitle, Desk.bindings)] + sections.map { KeySection($0.title, $0.bindings) }
            + LearnBindings.sections + QuizBindings.sections + LintBindings.sections + StandingBindings.sections
    }

    /// The README's table of keys.
    static var markdown: String {
        var text = "| where | key | what it does |\n|---|---|---|\n"
        for section in all {
            for entry in section.entries {
                let keys = entry.sign.split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
                text += "| \(section.title) | \(keys) | \(entry.text) |\n"
            }
        }
        return text
    }
}
