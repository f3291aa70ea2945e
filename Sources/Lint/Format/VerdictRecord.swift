/// What became of a rule.
struct VerdictRecord: Encodable {
    var kind = "verdict"
    let rule: String
    let slug: String
    /// `fail`, `pass` or `notApplicable`.
    let verdict: String
    /// How often it was judged, and how.
    let failed: Int
    let passed: Int
    /// By reason.
    let notApplicable: [String: Int]

    static func all(of result: LintResult) -> [VerdictRecord] {
        result.rules.map { rule in
            let tally = result.findings.tallies[rule.code] ?? Findings.Tally()
            let verdict =
                switch result.outcome(of: rule) {
                case .found: "fail"
                case .passed: "pass"
                case .notApplicable: "notApplicable"
                }
            return VerdictRecord(
                rule: rule.code.rawValue, slug: rule.slug, verdict: verdict, failed: tally.failed,
                passed: tally.passed, notApplicable: tally.notApplicable)
        }
    }
}
