import Connection
import Wire

/// A place with a look at what is there.
struct PlaceExcerpt {
    struct Line {
        /// Of the source; empty elsewhere.
        var number = ""
        let text: String
        /// It points at what is guilty in the line above.
        var isMark = false
    }

    let title: String
    let lines: [Line]
    /// Columns for numbers of lines.
    let gutter: Int

    init(_ place: Place, in result: LintResult) {
        switch place {
        case .wire(let place):
            title = "\(result.input)  \(place.words)  \(place.times)"
            lines = PlaceExcerpt.lines(place)
            gutter = 2
        case .probe(let place):
            title = "\(place.url)  \(place.step)"
            lines = PlaceExcerpt.framed(place.exchange.map { Line(text: $0) })
            gutter = 2
        case .source(let place):
            title = "\(result.path(of: place)):\(place.line):\(place.column)"
            lines = PlaceExcerpt.lines(place)
            gutter = max(2, "\(place.endLine)".count)
        }
    }

    private static func framed(_ lines: [Line]) -> [Line] { lines.isEmpty ? [] : [Line(text: "")] + lines }

    private static func lines(_ place: WirePlace) -> [Line] {
        switch place.excerpt {
        case nil: return []
        case .lines(let lines): return framed(lines.map { Line(text: $0) })
        case .frame(let header):
            let arrow = place.side == .server ? "◀─ server" : "client ─▶"
            let size =
                header.payloadLength > Int.max ? "\(header.payloadLength) B" : Words.bytes(Int(header.payloadLength))
            let excerpt = FrameExcerpt(header: header, sender: place.side, bits: place.bits).lines
            return framed(
                [Line(text: "\(arrow)  \(header.opcode)\(header.fin ? "" : ", not the last fragment")  \(size)")]
                    + excerpt.enumerated().map { Line(text: $0.element, isMark: $0.offset > 0) })
        }
    }

    /// Source lines that are shown.
    private static let lineLimit = 6

    private static func lines(_ place: SourcePlace) -> [Line] {
        let source = place.snippet.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = source.first, !place.snippet.isEmpty else { return [] }
        let end = place.line == place.endLine ? place.endColumn - 1 : first.count
        let mark =
            String(repeating: " ", count: max(0, place.column - 1))
            + String(repeating: "^", count: max(1, min(end, first.count) - place.column + 1))
        let numbered = source.prefix(lineLimit).enumerated().map { index, text in
            Line(number: "\(place.line + index)", text: String(text))
        }
        let more = source.count > lineLimit ? [Line(text: "…")] : []
        return framed([numbered[0], Line(text: mark, isMark: true)] + numbered.dropFirst() + more)
    }
}
