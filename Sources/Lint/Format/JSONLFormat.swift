/// A line a finding, then a line a verdict where those are asked for, then the summary; `kind` tells them apart.
struct JSONLFormat {
    private let result: LintResult

    init(_ result: LintResult) { self.result = result }

    var text: String {
        let findings = result.findings.all.map { JSONText.encode(FindingRecord($0)) }
        let verdicts = result.showsVerdicts ? VerdictRecord.all(of: result).map { JSONText.encode($0) } : []
        return (findings + verdicts + [JSONText.encode(SummaryRecord(result))]).map { $0 + "\n" }.joined()
    }
}
