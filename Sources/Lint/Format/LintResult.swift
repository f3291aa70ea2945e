/// One run of the lint: what was asked for, and what came of it. Every format writes this.
package struct LintResult: Sendable {
    /// What was linted, as it was named on the command line; safe text.
    package let input: String
    package let way: Way
    package let findings: Findings
    /// The rules that were asked, by code.
    package let rules: [RulePage]
    /// From which severity on a finding makes the run fail; nil: none does.
    package let failOn: Severity?
    /// Of the program: "0.1.0".
    package let version: String
    /// Also tell what passed, and what could not be judged and why.
    package var showsVerdicts = false
    /// The exit status is 0 whatever was found.
    package var exitsZero = false

    package init(
        of input: String, _ way: Way, _ findings: Findings, _ settings: LintSettings, failOn: Severity?,
        version: String
    ) {
        self.input = input
        self.way = way
        self.findings = findings
        rules = AllRules.list.map { $0.page }.filter { $0.ways.contains(way) && settings.isOn($0) }
        self.failOn = failOn
        self.version = version
    }

    /// Findings that count, and are bad enough.
    package var failures: [Finding] {
        guard let failOn else { return [] }
        return findings.counted.filter { $0.severity >= failOn }
    }

    /// The exit status of the command.
    package var status: Int32 { failures.isEmpty || exitsZero ? 0 : 1 }

    package func count(_ severity: Severity) -> Int { findings.counted.count { $0.severity == severity } }

    package var suppressed: [Finding] { findings.all.filter { $0.suppression != nil } }

    /// What became of a rule.
    package enum Outcome: Hashable, Sendable {
        /// It found something, suppressed or not.
        case found
        /// There was evidence this often, and nothing was wrong.
        case passed(Int)
        /// There never was enough evidence: why, and how often.
        case notApplicable([String: Int])
    }

    package func outcome(of rule: RulePage) -> Outcome {
        if findings.all.contains(where: { $0.rule == rule.code }) { return .found }
        guard let tally = findings.tallies[rule.code] else { return .notApplicable([:]) }
        if tally.failed > 0 { return .found }
        return tally.passed > 0 ? .passed(tally.passed) : .notApplicable(tally.notApplicable)
    }

    /// The rules that never had enough evidence.
    package var notApplicable: [RulePage] {
        rules.filter { if case .notApplicable = outcome(of: $0) { true } else { false } }
    }

    /// Where a source file is from where the program was started: beside or below what was linted.
    package func path(of place: SourcePlace) -> String {
        guard way == .source, !place.file.hasPrefix("/"), !place.file.hasPrefix("."), input != "." else {
            return place.file
        }
        if input == place.file || input.hasSuffix("/" + place.file) { return input }
        return input.hasSuffix("/") ? input + place.file : "\(input)/\(place.file)"
    }

    /// Where a finding is, in one line.
    package func place(_ finding: Finding) -> String {
        switch finding.place {
        case .wire, .probe: "\(input): \(finding.place.words)"
        case .source(let place): "\(path(of: place)):\(place.line):\(place.column)"
        }
    }

    /// "4 connections", "1 file", "12 steps".
    package var extent: String {
        switch way {
        case .wire: Words.count(findings.judged, "connection")
        case .probe: Words.count(findings.judged, "step")
        case .source: Words.count(findings.judged, "file")
        }
    }
}

extension LintResult.Outcome {
    /// "shorter than 60 s (3 times), no Close", the most frequent first; nil unless it is not applicable.
    package var reasons: String? {
        guard case .notApplicable(let reasons) = self else { return nil }
        if reasons.isEmpty { return "nothing to judge" }
        let sorted = reasons.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
        return sorted.map { $0.value == 1 ? $0.key : "\($0.key) (\($0.value) times)" }.joined(separator: ", ")
    }
}
