import Connection
import Wire

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

/// A place for machines.
struct PlaceRecord: Encodable {
    /// `wire`, `probe` or `source`.
    let way: String
    var connection: UInt32?
    var path: String?
    var side: String?
    var frame: UInt64?
    /// The first guilty bit, and the one behind the last, from the frame's first bit.
    var bits: [Int]?
    var field: String?
    var from: String?
    var until: String?
    /// The bytes of the frame's header, in hexadecimal.
    var header: String?
    /// Lines of a head or of an exchange.
    var lines: [String]?
    var url: String?
    var step: String?
    var file: String?
    var line: Int?
    var column: Int?
    var endLine: Int?
    var endColumn: Int?
    var snippet: String?

    init(_ place: Place) {
        switch place {
        case .wire(let place):
            way = Way.wire.rawValue
            fill(place)
        case .probe(let place):
            way = Way.probe.rawValue
            url = place.url
            step = place.step
            lines = place.exchange
        case .source(let place):
            way = Way.source.rawValue
            file = place.file
            (line, column) = (place.line, place.column)
            (endLine, endColumn) = (place.endLine, place.endColumn)
            snippet = place.snippet
        }
    }

    private mutating func fill(_ place: WirePlace) {
        connection = place.connection.rawValue
        path = place.path
        side = place.side?.description
        frame = place.frame
        bits = place.bits.map { [$0.lowerBound, $0.upperBound] }
        field = place.field
        from = place.time.lowerBound.rfc3339
        until = place.time.upperBound.rfc3339
        switch place.excerpt {
        case .frame(let excerpt): header = excerpt.bytes.map(\.hex).joined(separator: " ")
        case .lines(let excerpt): lines = excerpt
        case nil: break
        }
    }
}
