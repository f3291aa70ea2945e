/// A finding for machines: what `json` and `jsonl` write. Keys without a value are left out.
struct FindingRecord: Encodable {
    var kind = "finding"
    let rule: String
    let slug: String
    let severity: String
    let confidence: String
    let message: String
    let place: PlaceRecord
    let alsoIn: [PlaceRecord]?
    let occurrences: Int
    let connections: Int
    let fingerprint: String
    let suppression: SuppressionRecord?

    struct SuppressionRecord: Encodable {
        /// `ignored` by a comment, `configured` in `ws101.yml`, or in the `baseline`.
        let kind: String
        let reason: String
    }

    init(_ finding: Finding) {
        rule = finding.rule.rawValue
        slug = finding.slug
        severity = finding.severity.rawValue
        confidence = finding.confidence.rawValue
        message = finding.message
        place = PlaceRecord(finding.place)
        alsoIn = finding.alsoIn.isEmpty ? nil : finding.alsoIn.map(PlaceRecord.init)
        occurrences = finding.occurrences
        connections = finding.connections
        fingerprint = finding.fingerprint.rawValue
        suppression = finding.suppression.map { suppression in
            switch suppression {
            case .ignored(let reason): SuppressionRecord(kind: "ignored", reason: reason)
            case .configured(let reason): SuppressionRecord(kind: "configured", reason: reason)
            case .baseline(let reason): SuppressionRecord(kind: "baseline", reason: reason)
            }
        }
    }
}
