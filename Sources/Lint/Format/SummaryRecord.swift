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
