/// An entry of `suppress` in `ws101.yml`.
package struct ConfiguredSuppression: Hashable, Sendable {
    package enum Scope: Hashable, Sendable {
        case everywhere
        /// Paths of requests; "*" at the end is allowed.
        case path(String)
        /// Files of source code; "*" at the end is allowed.
        case file(String)
        case fingerprint(Fingerprint)
    }

    package let rule: RuleCode
    package let scope: Scope
    /// Safe text.
    package let reason: String
    /// Where it stands, both from 1.
    package let line: Int
    package let column: Int
    /// The line itself; safe text.
    package let text: String

    func covers(_ finding: Finding) -> Bool {
        guard finding.rule == rule else { return false }
        switch scope {
        case .everywhere: return true
        case .path(let pattern): return finding.place.path.map { NamePattern.matches(pattern, $0) } ?? false
        case .file(let pattern): return finding.place.file.map { NamePattern.matchesFile(pattern, $0) } ?? false
        case .fingerprint(let fingerprint): return finding.fingerprint == fingerprint
        }
    }

    /// Whether there was evidence about what it covers, so that it is of no use if it covered nothing.
    func wasPossible(in findings: Findings) -> Bool {
        guard let tally = findings.tallies[rule], tally.passed + tally.failed > 0 else { return false }
        switch scope {
        case .everywhere, .fingerprint: return true
        case .path(let pattern): return findings.seen.contains { NamePattern.matches(pattern, $0) }
        case .file(let pattern): return findings.seen.contains { NamePattern.matchesFile(pattern, $0) }
        }
    }
}
