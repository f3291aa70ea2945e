/// Everything as one JSON object.
struct JSONFormat {
    private let result: LintResult

    init(_ result: LintResult) { self.result = result }

    private struct Document: Encodable {
        let tool = "ws101"
        let version: String
        let input: String
        let way: String
        let findings: [FindingRecord]
        let verdicts: [VerdictRecord]
        let summary: SummaryRecord
    }

    var text: String {
        let document = Document(
            version: result.version, input: result.input, way: result.way.rawValue,
            findings: result.findings.all.map(FindingRecord.init), verdicts: VerdictRecord.all(of: result),
            summary: SummaryRecord(result))
        return JSONText.encode(document, isPretty: true) + "\n"
    }
}
