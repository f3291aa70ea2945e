import Foundation

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

/// The figures of a run; findings that are suppressed count in `suppressed` only.
struct SummaryRecord: Encodable {
    var kind = "summary"
    let errors: Int
    let warnings: Int
    let notes: Int
    let suppressed: Int
    /// Distinct findings that were too many to keep.
    let dropped: Int
    /// Connections, steps or files.
    let judged: Int

    init(_ result: LintResult) {
        errors = result.count(.error)
        warnings = result.count(.warning)
        notes = result.count(.note)
        suppressed = result.suppressed.count
        dropped = result.findings.dropped
        judged = result.findings.judged
    }
}

/// JSON with its keys in order, so that two runs can be compared.
enum JSONText {
    static func encode(_ value: some Encodable, isPretty: Bool = false) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            preconditionFailure("a record of text and whole numbers is JSON: \(error)")
        }
    }
}
