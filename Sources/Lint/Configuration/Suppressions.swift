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

/// Names with a "*" at the end.
enum NamePattern {
    static func matches(_ pattern: String, _ name: String) -> Bool {
        pattern.hasSuffix("*") ? name.hasPrefix(pattern.dropLast()) : name == pattern
    }

    /// The file's name may be shorter, where a folder of the project was linted alone: "server.js" for "src/server.js".
    static func matchesFile(_ pattern: String, _ name: String) -> Bool {
        matches(pattern, name) || (!pattern.hasSuffix("*") && pattern.hasSuffix("/" + name))
    }
}

extension Place {
    /// The path of the request, where it is known.
    package var path: String? {
        switch self {
        case .wire(let place): place.path
        case .probe(let place): place.path
        case .source: nil
        }
    }

    package var file: String? {
        switch self {
        case .wire, .probe: nil
        case .source(let place): place.file
        }
    }
}

extension ProbePlace {
    /// Of the URL, without its query.
    package var path: String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }
}

/// Says of findings that they do not count.
package struct Suppressions: Sendable {
    private let configured: [ConfiguredSuppression]
    private let configurationFile: String
    private let baseline: Baseline?

    /// - Parameter configurationFile: Where `configured` stands, for the places of unused ones.
    package init(_ configured: [ConfiguredSuppression], in configurationFile: String, _ baseline: Baseline?) {
        self.configured = configured
        self.configurationFile = configurationFile
        self.baseline = baseline
    }

    /// Marks what does not count, and adds a note for every entry that is of no use any more.
    package func apply(to findings: inout Findings, _ settings: LintSettings) {
        var used = Set<Int>()
        findings.suppress { finding in
            // A comment in the source is nearer than any list.
            if let known = finding.suppression { return known }
            if let index = configured.firstIndex(where: { $0.covers(finding) }) {
                used.insert(index)
                return .configured(reason: configured[index].reason)
            }
            return baseline?.entry(for: finding).map { .baseline(reason: $0.reason) }
        }
        let notes = UnusedNotes(settings)
        for (index, entry) in configured.enumerated() where !used.contains(index) && entry.wasPossible(in: findings) {
            notes.add(entry, in: configurationFile, to: &findings)
        }
        if let baseline {
            for entry in baseline.stale(in: findings) { notes.add(entry, in: baseline, to: &findings) }
        }
    }
}
