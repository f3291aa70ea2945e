import Inspector
import Lint

/// The place Lint: what was found, worst first, and the selected finding in full.
struct LintPlace {
    /// What is open over the list.
    enum Open: Hashable {
        case explanation(RuleCode)
        case help
    }

    private(set) var findings = Findings()
    /// What is listed, in this order: what counts, then what is ignored.
    private(set) var listed: [Finding] = []
    /// Why findings do not count, as long as the program runs.
    private var ignored: [Fingerprint: String] = [:]
    /// nil: the first.
    var selection: Finding.ID?
    var top = 0
    var open: Open?
    /// The first visible line of what is open, or of the finding below the list.
    var scroll = 0
    var prompt: Prompt?
    var notice: String?
    var layout = LintLayout(height: 24, width: 80)

    /// How many findings count.
    var count: Int { shown.count }
    /// The findings that count.
    var shown: [Finding] { listed.filter { $0.suppression == nil } }

    mutating func take(_ findings: Findings) {
        self.findings = findings
        update()
    }

    private mutating func update() {
        let ignored = ignored
        findings.suppress { finding in
            finding.suppression ?? ignored[finding.fingerprint].map { .ignored(reason: $0) }
        }
        listed = findings.counted + findings.all.filter { $0.suppression != nil }
    }

    var index: Int { selection.flatMap { id in listed.firstIndex { $0.id == id } } ?? 0 }
    var selected: Finding? { listed.isEmpty ? nil : listed[index] }

    mutating func handle(_ key: Key) -> Outcome? {
        notice = nil
        if prompt != nil {
            type(key)
            return nil
        }
        switch key {
        case .wheelUp: move(-3)
        case .wheelDown: move(3)
        case .click(let row, let column): return click(row: row, column: column)
        default:
            guard let (binding, action) = LintBindings.find(key, in: self) else { return nil }
            if let reason = binding.whyDisabled(self) {
                notice = reason
                return nil
            }
            return perform(action)
        }
        return nil
    }

    private mutating func perform(_ action: LintAction) -> Outcome? {
        switch action {
        case .move(let count): move(count)
        case .page(let count): move(count * max(1, (open == nil ? layout.rows.height : layout.open.height) - 1))
        case .first: move(-Int.max / 4)
        case .last: move(Int.max / 4)
        case .scroll(let count): scroll = max(0, scroll + count)
        case .show:
            guard let finding = selected, case .wire(let place) = finding.place else { return nil }
            return .show(place, why: "\(finding.rule) \(finding.slug): \(finding.message)")
        case .explain: selected.map { openOver(.explanation($0.rule)) }
        case .ignore: ignoreOrNot()
        case .back: if open != nil { openOver(nil) } else { selection = nil }
        case .help: openOver(open == .help ? nil : .help)
        case .quit: return .screen(.quit)
        case .suspend: return .screen(.suspend)
        case .redraw: return .screen(.redraw)
        }
        return nil
    }

    private mutating func openOver(_ next: Open?) {
        open = next
        scroll = 0
    }

    private mutating func move(_ count: Int) {
        guard open == nil else {
            scroll = max(0, min(scroll, Int.max / 8) + count)
            return
        }
        guard !listed.isEmpty else { return }
        let target = (index + count.clamped(to: -listed.count...listed.count)).clamped(to: 0...(listed.count - 1))
        selection = listed[target].id
        scroll = 0
    }

    private mutating func click(row: Int, column: Int) -> Outcome? {
        guard open == nil, layout.rows.contains(row: row, column: column) else { return nil }
        let index = first + row - layout.rows.row
        guard listed.indices.contains(index) else { return nil }
        if listed[index].id == selected?.id, selection != nil { return perform(.show) }
        selection = listed[index].id
        scroll = 0
        return nil
    }

    /// The first visible row: the selected one stays in view.
    var first: Int {
        let last = max(0, listed.count - layout.rows.height)
        return max(index - layout.rows.height + 1, min(top, index)).clamped(to: 0...last)
    }

    private mutating func ignoreOrNot() {
        guard let finding = selected else { return }
        if ignored[finding.fingerprint] != nil {
            ignored[finding.fingerprint] = nil
            update()
        } else {
            prompt = Prompt(.reason)
        }
    }

    private mutating func type(_ key: Key) {
        guard var typed = prompt else { return }
        let outcome = typed.type(key)
        prompt = typed
        switch outcome {
        case .editing: break
        case .cancelled: prompt = nil
        case .accepted:
            prompt = nil
            guard let finding = selected else { return }
            guard !typed.string.allSatisfy({ $0 == " " }) else {
                notice = "without a reason nothing is ignored"
                return
            }
            ignored[finding.fingerprint] = typed.string
            update()
            notice = "ignored until you quit; an entry under suppress in ws101.yml lasts"
        }
    }
}

/// What a person asks of the place Lint.
enum LintAction: Hashable {
    case move(Int), page(Int), first, last
    /// The finding below the list.
    case scroll(Int)
    case show, explain, ignore, back
    case help, quit, suspend, redraw
}

/// The keys of the place Lint.
enum LintBindings {
    static let list: [KeyBinding<LintPlace, LintAction>] = [
        KeyBinding(
            "↑↓", "finding", "the finding above, the one below",
            [(.up, .move(-1)), (.down, .move(1)), (.character("k"), .move(-1)), (.character("j"), .move(1))], rank: 1,
            whyDisabled: none),
        KeyBinding(
            "PgUp PgDn", "page", "a page up, a page down",
            [
                (.pageUp, .page(-1)), (.pageDown, .page(1)), (.control("b"), .page(-1)), (.control("f"), .page(1)),
                (.control("u"), .page(-1)), (.control("d"), .page(1)),
            ]),
        KeyBinding(
            "g G", "ends", "the first finding, the last",
            [(.character("g"), .first), (.home, .first), (.character("G"), .last), (.end, .last)]),
        KeyBinding(
            "J K", "text", "the text below, a line down, a line up",
            [(.character("J"), .scroll(1)), (.character("K"), .scroll(-1))]),
        KeyBinding(
            .enter, "show", "go to the evidence: the frame with its guilty bits, the handshake, the moment", .show,
            rank: 2, whyDisabled: none),
        KeyBinding(
            .character("e"), "explain", "the rule in full: why, evidence, fix, examples", .explain, rank: 3,
            whyDisabled: none),
        KeyBinding(
            .character("i"), "ignore", "let it not count, with a reason; again to let it count", .ignore, rank: 5,
            whyDisabled: none),
    ]

    static let open: [KeyBinding<LintPlace, LintAction>] = [
        KeyBinding(
            "↑↓", "scroll", "a line up, a line down",
            [(.up, .move(-1)), (.down, .move(1)), (.character("k"), .move(-1)), (.character("j"), .move(1))], rank: 1),
        KeyBinding(
            "PgUp PgDn", "page", "a page up, a page down",
            [
                (.pageUp, .page(-1)), (.pageDown, .page(1)), (.control("b"), .page(-1)), (.control("f"), .page(1)),
                (.control("u"), .page(-1)), (.control("d"), .page(1)), (.character(" "), .page(1)),
            ]),
        KeyBinding(
            "g G", "ends", "the first line, the last",
            [(.character("g"), .first), (.home, .first), (.character("G"), .last), (.end, .last)]),
        KeyBinding(.escape, "back", "close what is open", .back, rank: 4),
    ]

    static let everywhere: [KeyBinding<LintPlace, LintAction>] = [
        KeyBinding(.escape, "back", "close what is open, go back to the worst finding", .back),
        KeyBinding("^L", "redraw", "draw everything anew", [(.control("l"), .redraw)]),
        KeyBinding("^Z", "suspend", "back to the shell until fg", [(.control("z"), .suspend)]),
        KeyBinding(.character("?"), "keys", "this list, and back", .help, rank: 8),
        KeyBinding("q ^C", "quit", "leave", [(.character("q"), .quit), (.control("c"), .quit)], rank: 9),
    ]

    static var sections: [KeySection] { [KeySection("Lint", list), KeySection("Lint, an open page", open)] }

    static func active(in place: LintPlace) -> [KeyBinding<LintPlace, LintAction>] {
        (place.open == nil ? list : open) + everywhere
    }

    static func find(_ key: Key, in place: LintPlace) -> (KeyBinding<LintPlace, LintAction>, LintAction)? {
        for binding in active(in: place) {
            if let match = binding.actions.first(where: { $0.key == key }) { return (binding, match.action) }
        }
        return nil
    }

    private static let none: (LintPlace) -> String? = { $0.listed.isEmpty ? "nothing was found yet" : nil }
}

/// Where the parts of the place Lint stand.
struct LintLayout: Hashable {
    let header: Rect
    /// A line a finding.
    let rows: Rect
    let rule: Rect
    /// The selected finding.
    let detail: Rect
    let open: Rect
    let bottomRule: Rect
    let bottom: Rect

    init(height: Int, width: Int) {
        var rest = Rect(row: 0, column: 0, height: height, width: width)
        header = rest.takeTop(1)
        bottom = rest.takeBottom(1)
        bottomRule = rest.takeBottom(1)
        open = rest
        detail = rest.takeBottom(height >= 16 ? max(10, rest.height / 2) : 0)
        rule = rest.takeBottom(height >= 16 ? 1 : 0)
        rows = rest
    }
}
