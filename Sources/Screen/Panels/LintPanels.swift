import Connection
import Inspector
import Lint
import Wire

extension LintPlace {
    mutating func draw(height: Int, width: Int, places: [PlaceName]) -> Canvas {
        layout = LintLayout(height: height, width: width)
        top = first
        var canvas = Canvas(height: height, width: width)
        HeaderLine(places: places, current: .lint, right: tally).draw(on: &canvas, in: layout.header)
        switch open {
        case .help: draw(HelpPanel(keys: help(places), scroll: scroll), on: &canvas)
        case .explanation(let code):
            if let page = AllRules.rule(code)?.page { draw(ExplanationPanel(page: page, scroll: scroll), on: &canvas) }
        case nil:
            FindingsPanel(place: self).draw(on: &canvas, in: layout.rows)
            canvas.drawRule(in: layout.rule)
            drawSelected(on: &canvas)
        }
        canvas.drawRule(in: layout.bottomRule)
        drawBottom(on: &canvas)
        return canvas
    }

    private func help(_ places: [PlaceName]) -> [KeySection] {
        Desk.keys(to: places) + [
            KeySection("Findings", LintBindings.list, in: self),
            KeySection("An open page", LintBindings.open), KeySection("Everywhere", LintBindings.everywhere),
        ]
    }

    private mutating func draw(_ panel: some LintScrolling, on canvas: inout Canvas) {
        scroll = min(scroll, panel.scrollLimit(in: layout.open))
        var panel = panel
        panel.scroll = scroll
        panel.draw(on: &canvas, in: layout.open)
    }

    private mutating func drawSelected(on canvas: inout Canvas) {
        guard let finding = selected, let page = AllRules.rule(finding.rule)?.page, layout.detail.height > 0 else {
            return
        }
        let lines = FindingText(finding: finding, page: page, width: layout.detail.width).lines
        scroll = min(scroll, max(0, lines.count - layout.detail.height))
        canvas.draw(lines.dropFirst(scroll), in: layout.detail)
    }

    private func drawBottom(on canvas: inout Canvas) {
        if let prompt {
            BottomLine.draw(prompt, verdict: ("", .dim), on: &canvas, in: layout.bottom)
        } else if let notice {
            canvas.draw(StyledText(" ! \(notice)", .verdictWarning), row: 0, in: layout.bottom)
        } else {
            let keys = BottomLine.keys(LintBindings.active(in: self), in: self, width: layout.bottom.width)
            canvas.draw(keys, row: 0, in: layout.bottom)
        }
    }

    /// "1 error  2 warnings  3 notes", and how many rules had something to judge.
    private func tally(width: Int) -> StyledText {
        var line = StyledText()
        for severity in Severity.allCases.reversed() {
            let count = shown.count { $0.severity == severity }
            guard count > 0 else { continue }
            if line.width > 0 { line.append("  ") }
            line.append("\(severity.sign) ", severity.style)
            line.append(Words.count(count, severity.rawValue))
        }
        if line.width == 0 { line.append("nothing found", .dim) }
        let judged = findings.tallies.values.count { $0.passed + $0.failed > 0 }
        let rules = "   \(Words.count(judged, "rule")) judged"
        if judged > 0, line.width + rules.count + 2 <= width { line.append(rules, .dim) }
        line.append(" ")
        return line
    }
}

/// A panel of the place Lint that may have more lines than there is room for.
protocol LintScrolling {
    var scroll: Int { get set }
    func scrollLimit(in area: Rect) -> Int
    func draw(on canvas: inout Canvas, in area: Rect)
}

extension HelpPanel: LintScrolling {}

/// The list of findings, a line each.
struct FindingsPanel {
    let place: LintPlace

    func draw(on canvas: inout Canvas, in area: Rect) {
        guard !place.listed.isEmpty else {
            let lines = nothing(width: area.width)
            canvas.draw(lines, in: area)
            return
        }
        for (offset, finding) in place.listed.dropFirst(place.first).prefix(area.height).enumerated() {
            let isSelected = place.first + offset == place.index
            canvas.draw(
                line(finding, isSelected, width: area.width), row: offset, in: area,
                ground: isSelected ? .selected : .plain)
        }
    }

    /// What was judged, where nothing is wrong.
    private func nothing(width: Int) -> [StyledText] {
        let passed = place.findings.tallies.filter { $0.value.passed > 0 }.map(\.key).sorted()
        let advice =
            passed.isEmpty
            ? "What is wrong in a frame or a handshake shows at once. Most rules judge a connection when it ends, "
                + "some after a minute of silence."
            : "\(Words.count(passed.count, "rule")) had something to judge, and found nothing wrong:"
        let codes = passed.map(\.rawValue).joined(separator: " ")
        return ["", StyledText("   Nothing found so far.", .strong), ""]
            + advice.wordWrapped(to: min(width, 100) - 4).map { StyledText("   " + $0, .dim) }
            + codes.wordWrapped(to: min(width, 100) - 4).map { StyledText("   " + $0) }
    }

    private func line(_ finding: Finding, _ isSelected: Bool, width: Int) -> StyledText {
        let counts = finding.suppression == nil
        var line = StyledText(isSelected ? "▸" : " ", .strong)
        line.append(counts ? finding.severity.sign : "–", counts ? finding.severity.style : .dim)
        line.append(" \(finding.rule) ", counts ? .text : .dim)
        let slugWidth = width >= 100 ? 26 : 22
        line.append(finding.slug.padded(to: slugWidth) + " ", isSelected ? .strong : counts ? .text : .dim)
        if case .wire(let place) = finding.place {
            let many = finding.connections > 1 ? "+\(finding.connections - 1)" : ""
            line.append("#\(place.connection.rawValue)\(many)".padded(to: 7), .dim)
            if width >= 100 { line.append((place.path ?? "–").clipped(to: 20).padded(to: 21), .dim) }
        }
        line.append(finding.message.clipped(to: max(8, width - line.width - 1)), counts ? .text : .dim)
        return line
    }
}

/// A finding in full: what, where, why, and what to do.
struct FindingText {
    let finding: Finding
    let page: RulePage
    let width: Int

    private var textWidth: Int { min(width - 2, 100) }

    var lines: [StyledText] {
        var title = StyledText(" \(finding.rule) \(finding.slug)", .strong)
        title.append("  \(finding.severity.sign) \(finding.severity.rawValue)", finding.severity.style)
        title.append(", \(finding.confidence.rawValue) confidence", .dim)
        if finding.occurrences > 1 { title.append("  seen \(finding.occurrences) times", .dim) }
        let ignored: [StyledText] =
            switch finding.suppression {
            case .ignored(let reason), .configured(let reason):
                [StyledText(" ignored: \(SafeText.escape(reason))", .verdictWarning)]
            case .baseline(let reason): [StyledText(" in the baseline: \(SafeText.escape(reason))", .verdictWarning)]
            case nil: []
            }
        return [title] + ignored + paragraph(finding.message, .text) + [StyledText(" " + place, .dim)]
            + paragraph(page.why, .text) + fix + [references]
    }

    private func paragraph(_ text: String, _ style: Style) -> [StyledText] {
        text.wordWrapped(to: textWidth).map { StyledText(" " + $0, style) }
    }

    private var fix: [StyledText] {
        let indent = " Fix  "
        return page.fix.wordWrapped(to: textWidth - indent.count).enumerated().map { index, text in
            StyledText(index == 0 ? indent : String(repeating: " ", count: indent.count), .key).appending(text)
        }
            + (page.snippets.first.map { ["", StyledText(" \($0.library.title)", .dim)] + RuleLines.code($0.code) }
                ?? [])
    }

    private var references: StyledText {
        StyledText(" " + page.references.map(\.text).joined(separator: " · "), .dim)
    }

    private var place: String {
        guard case .wire(let place) = finding.place else { return "" }
        var words = ["#\(place.connection.rawValue)"]
        if let path = place.path { words.append(path) }
        if let side = place.side { words.append(side.description) }
        if let frame = place.frame { words.append("frame \(Figure.count(frame))") }
        if let field = place.field { words.append("header \(field)") }
        if finding.connections > 1 {
            let others = finding.alsoIn.prefix(6).compactMap { place -> String? in
                if case .wire(let place) = place { "#\(place.connection.rawValue)" } else { nil }
            }
            let more = finding.connections - 1 - others.count
            words.append("also in " + others.joined(separator: " ") + (more > 0 ? " and \(more) more" : ""))
        }
        return words.joined(separator: "  ")
    }
}

/// A rule in full, as `ws101 explain` tells it.
struct ExplanationPanel: LintScrolling {
    let page: RulePage
    var scroll: Int

    func scrollLimit(in area: Rect) -> Int {
        max(0, RuleLines(page: page, width: area.width).lines.count - area.height + 1)
    }

    func draw(on canvas: inout Canvas, in area: Rect) {
        var rest = area
        let all = RuleLines(page: page, width: area.width).lines
        var title = StyledText(" \(page.code) \(page.slug)", .strong)
        title.append("   \(page.severity.sign) \(page.severity.rawValue)", page.severity.style)
        title.append(
            HelpPanel.progress(scroll, visible: area.height - 1, of: all.count), .dim, endingAt: area.width - 1)
        canvas.draw(title, row: 0, in: rest.takeTop(1))
        canvas.draw(all.dropFirst(scroll), in: rest)
    }
}

/// The lines of a rule's page.
struct RuleLines {
    let page: RulePage
    let width: Int

    var lines: [StyledText] {
        paragraph(page.says, .strong) + [""] + section("Why", page.why) + section("Evidence", page.evidence)
            + thresholds
            + section("Fix", page.fix) + snippets + section("Exceptions", page.exceptions) + examples
            + [StyledText(" References", .current)] + page.references.map { StyledText("   " + $0.text, .dim) }
    }

    static func code(_ text: String) -> [StyledText] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { StyledText("   " + $0) }
    }

    private func paragraph(_ text: String, _ style: Style = .text, indent: Int = 1) -> [StyledText] {
        text.wordWrapped(to: min(width, 100) - indent - 1).map {
            StyledText(String(repeating: " ", count: indent) + $0, style)
        }
    }

    private func section(_ title: String, _ text: String) -> [StyledText] {
        text.isEmpty ? [] : [StyledText(" \(title)", .current)] + paragraph(text, indent: 3) + [""]
    }

    private var thresholds: [StyledText] {
        page.thresholds.isEmpty
            ? []
            : page.thresholds.map { threshold in
                var line = StyledText("   \(threshold.name)", .key)
                line.pad(to: 18)
                line.append(threshold.value.inWords.padded(to: 12))
                return line.appending(threshold.meaning, .dim)
            } + [""]
    }

    private var snippets: [StyledText] {
        page.snippets.flatMap { [StyledText("   " + $0.library.title, .dim)] + RuleLines.code($0.code) + [""] }
    }

    private var examples: [StyledText] {
        page.examples.flatMap { example -> [StyledText] in
            guard case .traffic(let scene) = example.matter else { return [] }
            let steps = scene.steps.prefix(12).map { StyledText("   " + $0.caption.clipped(to: width - 6), .dim) }
            let more = scene.steps.count > 12 ? [StyledText("   … \(scene.steps.count - 12) more", .dim)] : []
            return [StyledText(" Example: \(example.kind.rawValue), \(example.title)", .current)] + steps + more + [""]
        }
    }
}

extension Threshold.Value {
    /// With its unit.
    var inWords: String {
        switch self {
        case .duration(let seconds): Words.duration(Int64(seconds * 1e9))
        case .count(let count): Figure.count(count)
        case .bytes(let bytes): Words.bytes(bytes)
        case .ratio(let ratio): "\(ratio)"
        }
    }
}
