/// Annotations of GitHub Actions: workflow commands, a line a finding that counts.
struct GitHubFormat {
    private let result: LintResult

    init(_ result: LintResult) { self.result = result }

    var text: String { result.findings.counted.map { line($0) + "\n" }.joined() }

    private func line(_ finding: Finding) -> String {
        let command =
            switch finding.severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        var properties = [("title", "ws101 \(finding.rule) \(finding.slug)")]
        switch finding.place {
        case .wire: properties.append(("file", result.input))
        case .probe: break
        case .source(let place):
            properties += [
                ("file", result.path(of: place)), ("line", "\(place.line)"), ("endLine", "\(place.endLine)"),
                ("col", "\(place.column)"), ("endColumn", "\(place.endColumn)"),
            ]
        }
        let fix = AllRules.rule(finding.rule)?.page.fix ?? ""
        let message = "\(result.place(finding)): \(finding.message)\(finding.repetition(of: result.way))\n\(fix)"
        let list = properties.map { "\($0)=\(GitHubFormat.property($1))" }.joined(separator: ",")
        return "::\(command) \(list)::\(GitHubFormat.message(message))"
    }

    private static func message(_ text: String) -> String {
        String(
            text.map { character -> String in
                switch character {
                case "%": "%25"
                case "\r": "%0D"
                case "\n": "%0A"
                case "\r\n": "%0D%0A"
                default: String(character)
                }
            }.joined())
    }

    private static func property(_ text: String) -> String {
        message(text).map { $0 == ":" ? "%3A" : $0 == "," ? "%2C" : String($0) }.joined()
    }
}
