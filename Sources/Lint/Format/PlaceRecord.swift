import Connection
import Wire

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
