import Inspector

/// The keys of what one came from, from the bindings themselves, then the signs and commands.
struct HelpPanel: ScrollingPanel {
    static let bindings = ScrollBindings.all

    let keys: [KeySection]
    /// What to do next.
    var advice: [String] = []
    /// Commands, filters and signs of the place Watch.
    var isForWatch = false
    var scroll: Int

    func draw(on canvas: inout Canvas, in area: Rect) {
        var rest = area
        let all = lines(width: area.width)
        var title = StyledText(" keys and signs", .strong)
        title.append(
            HelpPanel.progress(scroll, visible: rest.height - 1, of: all.count), .dim, endingAt: area.width - 1)
        canvas.draw(title, row: 0, in: rest.takeTop(1))
        canvas.draw(all.dropFirst(scroll), in: rest)
    }

    func scrollLimit(in area: Rect) -> Int { max(0, lines(width: area.width).count - area.height + 1) }

    private func lines(width: Int) -> [StyledText] {
        let next = advice.isEmpty ? [] : advice.map { StyledText(" " + $0) } + [""]
        let keys = keys.flatMap { section in
            [heading(section.title)] + section.entries.flatMap { entry($0.sign, $0.text, width, isDim: $0.isDisabled) }
        }
        guard isForWatch else { return next + keys }
        let commands = Command.usage.flatMap { entry($0.line, $0.description, width) }
        let filters = FilterField.all.flatMap { entry($0.example, $0.meaning, width, column: 30) }
        let signs = HelpPanel.signs.flatMap { entry($0.0, $0.1, width) }
        return next + keys + [heading("Commands")] + commands + [heading("Filters")] + joining + filters + [
            heading("Signs")
        ]
            + signs
    }

    private let joining = [
        StyledText("   Conditions are joined by and, or, not and parentheses.", .dim),
        StyledText("   A word, a “text” or a /regular expression/ alone looks for itself.", .dim),
    ]

    private func heading(_ title: String) -> StyledText { StyledText(" \(title)", .current) }

    private func entry(_ left: String, _ right: String, _ width: Int, isDim: Bool = false, column: Int = 18)
        -> [StyledText]
    {
        let column = max(column, left.displayWidth + 5)
        return right.wordWrapped(to: min(width, 104) - column - 1).enumerated().map { index, text in
            StyledText(index == 0 ? "   " + left : "", isDim ? .dim : .key).padding(to: column)
                .appending(text, isDim ? .dim : .text)
        }
    }

    static let signs = [
        ("✓ ✗ !", "met; broken; worth a look"),
        ("━━▶", "opening handshake"),
        ("──▶", "text and binary frames"),
        ("┄┄▶", "control frames: ping, pong, close"),
        ("══▶", "TCP itself: FIN, RST"),
        ("┐ ┘", "a ping, and the pong that answers it, with the round-trip time"),
        ("TEXT… …CONT", "a message in several frames goes on"),
        ("14z", "14 bytes, compressed"),
        ("♥", "pings were seen"),
        ("‼ ! ·", "beside the time: a finding of the lint, error, warning, note"),
    ]
}
