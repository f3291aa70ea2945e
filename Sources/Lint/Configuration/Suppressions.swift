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
