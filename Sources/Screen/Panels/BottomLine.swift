import Inspector

/// The last line: the keys that matter now, a notice, or what is being typed.
struct BottomLine: Panel {
    static let bindings = [
        Binding(
            .character("/"), "filter", "show only rows that match an expression", .filter, rank: 5),
        Binding(
            .character("o"), "opening", "the opening handshake of the connection", .handshake,
            whyDisabled: { $0.connection == nil ? "no connection is selected" : nil }),
        Binding(
            .character("e"), "end", "how the connection ended", .closing,
            whyDisabled: { $0.connection == nil ? "no connection is selected" : nil }),
        Binding(.escape, "back", "close what is open, go back to the newest row, drop the filter", .back),
        Binding(.character(":"), "command", "type a command", .command),
        Binding(
            "^L", "redraw", "draw everything anew", [(.control("l"), .redraw)]),
        Binding("^Z", "suspend", "back to the shell until fg", [(.control("z"), .suspend)]),
        Binding(.character("?"), "keys", "this list, and back", .help, rank: 8),
        Binding(
            "q ^C", "quit", "leave; everything is recorded",
            [(.character("q"), .quit), (.control("c"), .quit)], rank: 9),
    ]

    let watch: Watch

    func draw(on canvas: inout Canvas, in area: Rect) {
        if let prompt = watch.prompt {
            draw(prompt, on: &canvas, in: area)
        } else if let notice = watch.notice {
            canvas.draw(StyledText(" ! \(notice)", .verdictWarning), row: 0, in: area)
        } else {
            canvas.draw(
                BottomLine.keys(Bindings.active(in: watch), in: watch, width: area.width), row: 0, in: area)
        }
    }

    /// The essential ones, as many as there is room for; help and the way out always.
    static func keys<Place, Act>(_ active: [KeyBinding<Place, Act>], in place: Place, width: Int) -> StyledText {
        let bindings = active.filter { $0.rank != nil && $0.whyDisabled(place) == nil }
            .sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }
        let always = bindings.suffix(2).map(entry)
        var room = width - 1 - always.reduce(0) { $0 + $1.width + 2 }
        var line = StyledText(" ")
        for entry in bindings.dropLast(2).map(entry) where entry.width + 2 <= room {
            room -= entry.width + 2
            line.append(entry)
            line.append("  ")
        }
        for entry in always {
            line.append(entry)
            line.append("  ")
        }
        return line
    }

    private static func entry<Place, Act>(_ binding: KeyBinding<Place, Act>) -> StyledText {
        // Of long ones the first will do.
        let keys = binding.sign.split(separator: " ")
        let sign = binding.sign.count <= 3 ? keys.joined() : keys.first.map(String.init) ?? ""
        return StyledText(sign, .key).appending(" " + binding.name, .dim)
    }

    private func draw(_ prompt: Prompt, on canvas: inout Canvas, in area: Rect) {
        BottomLine.draw(prompt, verdict: verdict(of: prompt), on: &canvas, in: area)
    }

    /// What is being typed, and what Enter would make of it.
    static func draw(_ prompt: Prompt, verdict: (String, Style), on canvas: inout Canvas, in area: Rect) {
        let (verdict, style) = verdict
        var line = StyledText(" " + prompt.kind.sign, .key)
        let start = line.width
        line.append(prompt.string)
        if !verdict.isEmpty { line.append("   " + verdict, style) }
        canvas.draw(line, row: 0, in: area)
        let typed = String(prompt.string.prefix(prompt.cursor)).displayWidth
        canvas.cursor = .init(row: area.row, column: min(area.endColumn - 1, area.column + start + typed))
    }

    /// Tells while it is being typed whether Enter would take it.
    private func verdict(of prompt: Prompt) -> (String, Style) {
        let text = prompt.string
        switch prompt.kind {
        case .filter:
            guard !text.allSatisfy({ $0 == " " }) else {
                return ("ping   from client   len > 125   violation   any text", .dim)
            }
            do {
                _ = try Filter(text)
                return ("✓", .verdictGood)
            } catch {
                return ("✗ \(error.description)", .verdictBad)
            }
        case .command:
            guard !text.isEmpty else { return ("filter EXPR   goto N   connection N   help   q", .dim) }
            do {
                _ = try Command.parse(text)
                return ("✓", .verdictGood)
            } catch {
                return ("✗ \(error.text)", .verdictBad)
            }
        case .reason, .search, .jump, .date: return ("", .dim)
        }
    }
}
