/// A line a finding, worst first, as compilers write them.
struct ConciseFormat {
    private let result: LintResult

    init(_ result: LintResult) { self.result = result }

    var text: String {
        let lines = result.findings.counted.map { finding in
            "\(result.place(finding)): \(finding.severity.rawValue) \(finding.rule) \(finding.slug): "
                + finding.message + finding.repetition(of: result.way)
        }
        return (lines + verdicts + [Summary(result).line]).joined(separator: "\n") + "\n"
    }

    private var verdicts: [String] {
        guard result.showsVerdicts else { return [] }
        let suppressed = result.suppressed.map { finding in
            "\(result.place(finding)): suppressed \(finding.rule) \(finding.slug): \(finding.suppression?.reason ?? "")"
        }
        let others = result.rules.compactMap { rule -> String? in
            switch result.outcome(of: rule) {
            case .found: nil
            case .passed: "\(result.input): pass \(rule.code) \(rule.slug)"
            case .notApplicable:
                "\(result.input): not applicable \(rule.code) \(rule.slug): \(result.outcome(of: rule).reasons ?? "")"
            }
        }
        return suppressed + others
    }
}

extension Finding {
    /// " (12 connections)" where it is not the only one.
    func repetition(of way: Way) -> String {
        guard connections > 1 else { return occurrences > 1 ? " (\(occurrences) times)" : "" }
        switch way {
        case .wire: return " (\(connections) connections)"
        case .probe: return " (\(connections) steps)"
        case .source: return " (\(connections) places)"
        }
    }
}

extension Suppression {
    package var reason: String {
        switch self {
        case .ignored(let reason), .configured(let reason), .baseline(let reason): reason
        }
    }
}
