package import Connection
package import Wire

/// Something that is wrong, or will be, with its evidence.
package struct Finding: Hashable, Sendable, Identifiable {
    /// Its number in the order in which findings came, from 1.
    package let id: Int
    package let rule: RuleCode
    package let slug: String
    package var severity: Severity
    package let confidence: Confidence
    /// What is wrong here, in one line of safe text: the figures of this case, not the rule in general.
    package let message: String
    /// The first place where it was seen.
    package let place: Place
    /// The same in another connection, each once; at most 15.
    package var alsoIn: [Place] = []
    /// How often it was seen, this place included.
    package var occurrences = 1
    /// In how many connections.
    package var connections = 1
    /// The same for the same mistake at the same endpoint or in the same code, however often and whenever it is seen.
    package let fingerprint: Fingerprint
    /// Why it does not count.
    package var suppression: Suppression?
}

/// Why a finding does not count, and who said so.
package enum Suppression: Hashable, Sendable {
    /// A comment in the source.
    case ignored(reason: String)
    /// An entry of `ws101.yml`.
    case configured(reason: String)
    /// It was there when the baseline was written.
    case baseline(reason: String)
}

/// Where the evidence is.
package enum Place: Hashable, Sendable {
    case wire(WirePlace)
    case probe(ProbePlace)
    case source(SourcePlace)

    /// nil where it is no traffic.
    var connection: ConnectionID? {
        switch self {
        case .wire(let place): place.connection
        case .probe, .source: nil
        }
    }
}

/// Evidence in traffic.
package struct WirePlace: Hashable, Sendable {
    package let connection: ConnectionID
    /// The path of the request, without its query; nil where it is not known. Safe text.
    package let path: String?
    /// Who did it; nil where it was both, or neither.
    package let side: Side?
    /// The frame that shows it, or the last of several.
    package let frame: UInt64?
    /// The guilty bits, counted from the first bit of the frame.
    package let bits: Range<Int>?
    /// The header field that shows it.
    package let field: String?
    /// From when to when.
    package let time: ClosedRange<Timestamp>
    /// Where in the recording the evidence begins.
    package let location: Event.Location?
    package var excerpt: Excerpt?
}

/// Evidence in the answers of a probed server.
package struct ProbePlace: Hashable, Sendable {
    package let url: String
    /// The step that showed it.
    package let step: String
    /// What was sent and what came back, a line each; safe text.
    package let exchange: [String]

    package init(url: String, step: String, exchange: [String]) {
        self.url = url
        self.step = step
        self.exchange = exchange
    }
}

/// Evidence in source code.
package struct SourcePlace: Hashable, Sendable {
    /// Relative to what was asked for, with "/".
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1, in characters.
    package let column: Int
    package let endLine: Int
    /// Behind the last character.
    package let endColumn: Int
    /// In the file.
    package let bytes: Range<Int>
    /// The lines themselves; safe text.
    package let snippet: String

    package init(
        file: String, line: Int, column: Int, endLine: Int, endColumn: Int, bytes: Range<Int>, snippet: String
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.endLine = endLine
        self.endColumn = endColumn
        self.bytes = bytes
        self.snippet = snippet
    }
}
