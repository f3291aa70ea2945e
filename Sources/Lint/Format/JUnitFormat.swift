/// JUnit's XML: a suite for what was linted, a test case for each rule. A rule fails where something counts that is bad
/// enough for `--fail-on`; what is not goes to its output. What could not be judged is skipped.
struct JUnitFormat {
    private let result: LintResult
    private let failures: [RuleCode: [Finding]]
    private let lesser: [RuleCode: [Finding]]

    init(_ result: LintResult) {
        self.result = result
        let failing = Set(result.failures.map(\.id))
        failures = Dictionary(grouping: result.findings.counted.filter { failing.contains($0.id) }, by: \.rule)
        lesser = Dictionary(grouping: result.findings.counted.filter { !failing.contains($0.id) }, by: \.rule)
    }

    var text: String {
        let found = Set(failures.keys).union(lesser.keys).subtracting(result.rules.map(\.code))
        let rules = (result.rules + found.compactMap { AllRules.rule($0)?.page }).sorted { $0.code < $1.code }
        let skipped = rules.count { isSkipped($0) }
        let counts = "tests=\"\(rules.count)\" failures=\"\(failures.count)\""
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="ws101 lint" \(counts)>
            <testsuite name="\(XMLText.escape(result.input))" \(counts) errors="0" skipped="\(skipped)">
            \(rules.map(testCase).joined(separator: "\n"))
            </testsuite>
            </testsuites>

            """
    }

    private func isSkipped(_ rule: RulePage) -> Bool {
        failures[rule.code] == nil && lesser[rule.code] == nil && result.outcome(of: rule).reasons != nil
    }

    private func testCase(_ rule: RulePage) -> String {
        let head = "<testcase classname=\"ws101.\(result.way.rawValue)\" name=\"\(rule.code) \(rule.slug)\""
        var inside: [String] = []
        if let found = failures[rule.code], let first = found.first {
            let message = found.count == 1 ? first.message : "\(first.message), and \(found.count - 1) more"
            inside.append(
                "<failure type=\"\(first.severity.rawValue)\" message=\"\(XMLText.escape(message))\">"
                    + XMLText.escape(lines(found) + "\n\(rule.fix)") + "</failure>")
        } else if isSkipped(rule), let reasons = result.outcome(of: rule).reasons {
            inside.append("<skipped message=\"\(XMLText.escape(reasons))\"/>")
        }
        if let found = lesser[rule.code] { inside.append("<system-out>\(XMLText.escape(lines(found)))</system-out>") }
        return inside.isEmpty ? head + "/>" : head + ">" + inside.joined() + "</testcase>"
    }

    private func lines(_ findings: [Finding]) -> String {
        findings.map { finding in
            "\(result.place(finding)): \(finding.severity.rawValue): \(finding.message)\(finding.repetition(of: result.way))"
        }.joined(separator: "\n")
    }
}
