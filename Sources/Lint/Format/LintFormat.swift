/// How findings are written.
package enum LintFormat: String, Hashable, Sendable, CaseIterable {
    /// For people: every finding with its evidence and its fix.
    case full
    /// A line a finding.
    case concise
    /// One JSON object.
    case json
    /// A JSON object a line.
    case jsonl
    /// SARIF 2.1.0, for code scanning.
    case sarif
    /// JUnit's XML, for test reports: a test case a rule.
    case junit
    /// Annotations of GitHub Actions.
    case github

    /// The whole text, with its last line's end.
    ///
    /// - Parameter style: Of `full`; the others are for machines.
    package func text(_ result: LintResult, style: TextStyle) -> String {
        switch self {
        case .full: FullFormat(result, style).text
        case .concise: ConciseFormat(result).text
        case .json: JSONFormat(result).text
        case .jsonl: JSONLFormat(result).text
        case .sarif: SARIFFormat(result).text
        case .junit: JUnitFormat(result).text
        case .github: GitHubFormat(result).text
        }
    }
}
