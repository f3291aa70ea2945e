import Connection
import Wire

/// For people: every finding with its evidence; why it matters and what to do, once for each rule.
struct FullFormat {
    private let result: LintResult
    private let style: TextStyle

    init(_ result: LintResult, _ style: TextStyle) {
        self.result = result
        self.style = style
    }

    var text: String {
        var explained: Set<RuleCode> = []
        let blocks = result.findings.counted.map { finding in
            block(finding, isFirst: explained.insert(finding.rule).inserted).joined(separator: "\n")
        }
        return (blocks + verdicts + [Summary(result).line]).joined(separator: "\n\n") + "\n"
    }

    private func block(_ finding: Finding, isFirst: Bool) -> [String] {
        let message = finding.message + (finding.connections > 1 ? "" : finding.repetition(of: result.way))
        let title = "\(finding.severity.rawValue) \(finding.rule) \(finding.slug): "
        let lines = (title + message).wrapped(to: style.width)
        let first = style.paint(finding.severity) + " \(finding.rule) "
        let plain = "\(finding.severity.rawValue) \(finding.rule) "
        let head = lines.enumerated().map { index, line in
            index == 0 && line.hasPrefix(plain)
                ? first + style.paint(String(line.dropFirst(plain.count)), .bold) : style.paint(line, .bold)
        }
        return head + evidence(finding) + (isFirst ? lesson(finding) : []) + repetition(finding)
    }

    private func evidence(_ finding: Finding) -> [String] {
        let excerpt = PlaceExcerpt(finding.place, in: result)
        let gutter = String(repeating: " ", count: excerpt.gutter)
        let arrow = gutter + style.paint("-->", .dim) + " " + excerpt.title
        guard !excerpt.lines.isEmpty else { return [arrow] }
        return [arrow]
            + excerpt.lines.map { line in
                let number = line.number.isEmpty ? gutter : line.number.aligned(to: excerpt.gutter)
                let text = line.isMark ? style.paint(line.text, TextStyle.ink(of: finding.severity)) : line.text
                return style.paint("\(number) |", .dim) + (text.isEmpty ? "" : " \(text)")
            }
    }

    private func lesson(_ finding: Finding) -> [String] {
        guard let page = AllRules.rule(finding.rule)?.page else { return [] }
        return note("why", page.why) + note("fix", page.fix) + note("more", "ws101 explain \(page.code)")
    }

    private func repetition(_ finding: Finding) -> [String] {
        guard finding.connections > 1 else { return [] }
        let others = finding.alsoIn.prefix(8).map { place in
            switch place {
            case .wire(let place): "#\(place.connection.rawValue)"
            case .probe(let place): place.step
            case .source(let place): "\(result.path(of: place)):\(place.line)"
            }
        }
        let more = finding.connections - 1 > others.count ? " …" : ""
        return note("also", "in " + others.joined(separator: ", ") + more + finding.repetition(of: result.way))
    }

    private func note(_ name: String, _ text: String) -> [String] {
        let front = "  = \(name): "
        let indent = String(repeating: " ", count: front.count)
        return text.wrapped(to: max(40, style.width - front.count)).enumerated().map { index, line in
            index == 0 ? style.paint("  = ", .dim) + style.paint("\(name):", .bold) + " " + line : indent + line
        }
    }
}

/// What `--verdicts` adds.
extension FullFormat {
    private var verdicts: [String] {
        guard result.showsVerdicts else { return [] }
        let suppressed = result.suppressed.map { finding in
            row("\(finding.rule) \(finding.slug)", "\(result.place(finding)): \(finding.suppression?.reason ?? "")")
        }
        let passed = result.rules.compactMap { rule -> String? in
            guard case .passed(let count) = result.outcome(of: rule) else { return nil }
            return row("\(rule.code) \(rule.slug)", count == 1 ? "once" : "\(count) times")
        }
        let out = result.rules.compactMap { rule -> String? in
            result.outcome(of: rule).reasons.map { row("\(rule.code) \(rule.slug)", $0) }
        }
        return [("Suppressed", suppressed), ("Passed", passed), ("Not applicable", out)].compactMap { title, rows in
            rows.isEmpty ? nil : ([style.paint(title, .bold)] + rows).joined(separator: "\n")
        }
    }

    private func row(_ name: String, _ text: String) -> String {
        let front = "  " + name.padded(to: 31) + "  "
        let indent = "\n" + String(repeating: " ", count: front.count)
        return front + text.wrapped(to: max(30, style.width - front.count)).joined(separator: indent)
    }
}

extension String {
    /// Behind spaces.
    fileprivate func aligned(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
