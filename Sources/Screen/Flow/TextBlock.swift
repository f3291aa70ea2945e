/// A block of a lesson's text, as any screen or printer can draw it, whatever read it.
indirect enum TextBlock: Hashable, Sendable {
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
struct TextRun: Hashable, Sendable {
    /// How it looks.
    struct Style: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        init(rawValue: UInt8) { self.rawValue = rawValue }

        static let emphasis = Style(rawValue: 1)
        static let strong = Style(rawValue: 2)
        static let code = Style(rawValue: 4)
        static let struck = Style(rawValue: 8)
    }

    /// A line feed is a break that the author wants.
    let text: String
    let style: Style
    /// The address behind a link.
    let link: String?

    init(_ text: String, style: Style = [], link: String? = nil) {
        self.text = text
        self.style = style
        self.link = link
    }
}

/// A table of a lesson's text. Every row has as many cells as the header.
struct TextTable: Hashable, Sendable {
    enum Alignment: Hashable, Sendable { case left, center, right }

    let alignments: [Alignment]
    let header: [[TextRun]]
    let rows: [[[TextRun]]]
}
