/// Findings of X01.
package struct UnusedNotes {
    private let settings: LintSettings

    package init(_ settings: LintSettings) { self.settings = settings }

    func add(_ entry: ConfiguredSuppression, in file: String, to findings: inout Findings) {
        add(
            "nothing of \(entry.rule) was found\(Self.words(entry.scope)), so the entry can go",
            SourcePlace(
                file: file, line: entry.line, column: entry.column, endLine: entry.line,
                endColumn: entry.text.count + 1,
                bytes: 0..<0, snippet: entry.text),
            [entry.rule.rawValue, "\(entry.scope)"], to: &findings)
    }

    func add(_ entry: Baseline.Entry, in baseline: Baseline, to findings: inout Findings) {
        let line = baseline.line(of: entry)
        add(
            "\(entry.rule) was not found again\(entry.place.map { " at \($0)" } ?? ""), so the entry can go",
            SourcePlace(
                file: baseline.file, line: line, column: 1, endLine: line, endColumn: 1, bytes: 0..<0, snippet: ""),
            [entry.fingerprint], to: &findings)
    }

    /// Comments in source code.
    package func add(_ comments: [IgnoreComment], to findings: inout Findings) {
        for comment in comments {
            let rules = comment.rules.map(\.rawValue).joined(separator: ", ")
            switch comment.state {
            case .used: continue
            case .unused:
                guard comment.rules.allSatisfy({ findings.hasEvidence(on: $0) }) else { continue }
                add("nothing of \(rules) was found here, so the comment can go", comment.place, [rules], to: &findings)
            case .withoutReason:
                add("the comment gives no reason, so it does not count", comment.place, [rules], to: &findings)
            case .unknownRule(let name):
                add("there is no rule \(name), so the comment does not count", comment.place, [name], to: &findings)
            }
        }
    }

    private func add(_ message: String, _ place: SourcePlace, _ parts: [String], to findings: inout Findings) {
        let page = UnusedSuppression.page
        guard settings.isOn(page, at: place.file) else { return }
        findings.tally(page.code) { $0.failed += 1 }
        findings.add(
            page, settings.severity(of: page.code, at: place.file) ?? page.severity, page.confidence, message,
            at: .source(place), fingerprint: Fingerprint([page.code.rawValue, place.file] + parts))
    }

    private static func words(_ scope: ConfiguredSuppression.Scope) -> String {
        switch scope {
        case .everywhere: ""
        case .path(let pattern), .file(let pattern): " at \(pattern)"
        case .fingerprint(let fingerprint): " with the fingerprint \(fingerprint)"
        }
    }
}

extension Findings {
    /// Whether that rule could judge anything at all.
    func hasEvidence(on rule: RuleCode) -> Bool {
        tallies[rule].map { $0.passed + $0.failed > 0 } ?? false
    }
}
