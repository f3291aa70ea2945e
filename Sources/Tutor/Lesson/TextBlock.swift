/// A block of a lesson's text, as any screen or printer can draw it, whatever read it.
package indirect enum TextBlock: Hashable, Sendable {
    case paragraph([TextRun])
    /// - Parameter level: 3 to 6; the second level is a step's title, and the first is not used.
    case heading(level: Int, [TextRun])
    /// - Parameter start: The number of the first item; nil for bullets.
    case list(start: Int?, items: [[TextBlock]])
    case quote([TextBlock])
    /// Lines that are shown as they stand.
    /// - Parameter language: As the author wrote it, such as `js`; may be empty.
    case code(language: String, String)
    case table(TextTable)
    case rule
}

/// Characters that look the same.
package struct TextRun: Hashable, Sendable {
    /// How it looks.
    package struct Style: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let emphasis = Style(rawValue: 1)
        package static let strong = Style(rawValue: 2)
        package static let code = Style(rawValue: 4)
        package static let struck = Style(rawValue: 8)
    }

    /// A line feed is a break that the author wants.
    package let text: String
    package let style: Style
    /// The address behind a link.
    package let link: String?

    package init(_ text: String, style: Style = [], link: String? = nil) {
        self.text = text
        self.style = style
        self.link = link
    }
}

/// A table of a lesson's text. Every row has as many cells as the header.
package struct TextTable: Hashable, Sendable {
    package enum Alignment: Hashable, Sendable { case left, center, right }

    package let alignments: [Alignment]
    package let header: [[TextRun]]
    package let rows: [[[TextRun]]]
}

extension TextBlock {
    /// All its words, without their looks.
    package var plainText: String {
        switch self {
        case .paragraph(let runs), .heading(_, let runs): TextRun.plain(runs)
        case .list(_, let items): items.map { $0.map(\.plainText).joined(separator: "\n") }.joined(separator: "\n")
        case .quote(let blocks): blocks.map(\.plainText).joined(separator: "\n")
        case .code(_, let text): text
        case .table(let table):
            ([table.header] + table.rows).map { $0.map(TextRun.plain).joined(separator: " ") }.joined(separator: "\n")
        case .rule: ""
        }
    }

    /// All its runs, in their order; code blocks have none.
    package var runs: [TextRun] {
        switch self {
        case .paragraph(let runs), .heading(_, let runs): runs
        case .list(_, let items): items.flatMap { $0.flatMap(\.runs) }
        case .quote(let blocks): blocks.flatMap(\.runs)
        case .code, .rule: []
        case .table(let table): ([table.header] + table.rows).flatMap { $0.flatMap { $0 } }
        }
    }
}

extension TextRun {
    package static func plain(_ runs: [TextRun]) -> String { runs.map(\.text).joined() }
}
