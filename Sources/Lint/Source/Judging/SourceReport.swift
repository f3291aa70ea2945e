/// Takes what judges find in one program.
struct SourceReport {
    struct Fault {
        let rule: RuleCode
        let file: SourceFile
        let bytes: Range<Int>
        let message: String
        let severity: Severity?
        let confidence: Confidence?
    }

    private(set) var faults: [Fault] = []
    /// Rules that had something to look at.
    private(set) var judged: Set<RuleCode> = []
    /// Rules that had not, and why.
    private(set) var skipped: [RuleCode: String] = [:]
    let settings: LintSettings

    init(_ settings: LintSettings) { self.settings = settings }

    /// - Parameter message: Safe, or made safe and cut here.
    mutating func add(
        _ rule: RuleCode, _ message: String, at bytes: Range<Int>, in file: SourceFile, severity: Severity? = nil,
        confidence: Confidence? = nil
    ) {
        judged.insert(rule)
        faults.append(
            Fault(
                rule: rule, file: file, bytes: bytes, message: message, severity: severity,
                confidence: confidence))
    }

    mutating func add(
        _ rule: RuleCode, _ message: String, at bytes: Range<Int>, in part: SourceProgram.Part,
        severity: Severity? = nil, confidence: Confidence? = nil
    ) {
        add(rule, message, at: bytes, in: part.file, severity: severity, confidence: confidence)
    }

    /// There was something to look at, whether or not it was wrong.
    mutating func look(at rule: RuleCode) { judged.insert(rule) }

    mutating func skip(_ rule: RuleCode, _ reason: String) { skipped[rule] = reason }

    /// A threshold of a rule's page; the fallback where the page lacks it.
    func threshold(_ rule: RuleCode, _ name: String, _ fallback: Double) -> Double {
        guard let page = AllRules.rule(rule)?.page,
            let own = page.thresholds.first(where: { $0.name == name })
        else { return fallback }
        return (settings.thresholds[rule]?[name] ?? own.value).number
    }
}

/// Judges one program by one or several rules that look at the same things.
protocol SourceJudge: Sendable {
    func judge(_ program: SourceProgram, _ report: inout SourceReport)
}
