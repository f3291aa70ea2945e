import Wire

/// Turns faults into findings.
struct SourceFindings {
    private(set) var all = Findings()
    private let settings: LintSettings
    private let page: (RuleCode) -> RulePage?
    private var seen: [String: Int] = [:]

    init(_ settings: LintSettings, _ page: @escaping (RuleCode) -> RulePage?, _ folder: SourceFolder) {
        self.settings = settings
        self.page = page
        for file in folder.files + folder.lockfiles.map(\.file) { all.look(at: file.name) }
    }

    mutating func take(_ report: SourceReport) {
        for fault in report.faults.sorted(by: Self.isBefore) { add(fault) }
        for rule in report.judged.union(report.skipped.keys) { tally(rule, report) }
    }

    private static func isBefore(_ left: SourceReport.Fault, _ right: SourceReport.Fault) -> Bool {
        (left.file.name, left.bytes.lowerBound, left.rule) < (right.file.name, right.bytes.lowerBound, right.rule)
    }

    private mutating func add(_ fault: SourceReport.Fault) {
        guard let page = page(fault.rule), settings.isOn(page, at: fault.file.name) else { return }
        let place = fault.file.place(fault.bytes)
        let line = place.snippet.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let parts = [fault.rule.rawValue, place.file, line]
        seen[parts.joined(separator: "\0"), default: 0] += 1
        let number = seen[parts.joined(separator: "\0")] ?? 1
        all.add(
            page, settings.severity(of: page.code, at: fault.file.name) ?? fault.severity ?? page.severity,
            fault.confidence ?? page.confidence, Self.line(fault.message), at: .source(place),
            fingerprint: Fingerprint(parts + ["\(number)"]))
    }

    private static func line(_ message: String) -> String {
        let flat = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        let safe = SafeText.escape(SourceMask.masked(flat))
        return safe.count > 200 ? safe.prefix(199) + "…" : safe
    }

    private mutating func tally(_ rule: RuleCode, _ report: SourceReport) {
        guard let page = page(rule), settings.isOn(page) else { return }
        if report.faults.contains(where: { $0.rule == rule }) {
            all.tally(rule) { $0.failed += 1 }
        } else if report.judged.contains(rule) {
            all.passed(rule, .pass)
        } else if let reason = report.skipped[rule] {
            all.passed(rule, .notApplicable(reason))
        }
    }
}
