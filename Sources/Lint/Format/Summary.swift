/// The line at the end.
struct Summary {
    private let result: LintResult

    init(_ result: LintResult) { self.result = result }

    /// "Found 1 error, 2 warnings in 4 connections; 38 rules judged, 12 not applicable".
    var line: String {
        let found = Severity.allCases.reversed().compactMap { severity -> String? in
            let count = result.count(severity)
            return count == 0 ? nil : Words.count(count, severity.rawValue)
        }
        let out = result.notApplicable.count
        return "Found \(found.isEmpty ? "nothing" : found.joined(separator: ", ")) in \(result.extent); "
            + "\(Words.count(result.rules.count - out, "rule")) judged, \(out) not applicable" + left
    }

    /// What is not shown.
    private var left: String {
        var parts: [String] = []
        let baseline = result.suppressed.count { if case .baseline = $0.suppression { true } else { false } }
        if result.suppressed.count > baseline { parts.append("\(result.suppressed.count - baseline) suppressed") }
        if baseline > 0 { parts.append("\(baseline) in the baseline") }
        if result.findings.dropped > 0 { parts.append("\(result.findings.dropped) too many to keep") }
        return parts.isEmpty ? "" : "; " + parts.joined(separator: ", ")
    }
}
