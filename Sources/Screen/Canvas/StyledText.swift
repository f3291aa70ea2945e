/// One line of text in pieces, each with its style.
struct StyledText: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    struct Run: Hashable, Sendable {
        let text: String
        let style: Style
        /// Nil: the ground of the whole line.
        let ground: Ground?
    }

    private(set) var runs: [Run] = []
    /// In columns.
    private(set) var width = 0

    init() {}

    init(_ text: String, _ style: Style = .text, on ground: Ground? = nil) { append(text, style, on: ground) }

    init(stringLiteral text: String) { append(text) }

    var text: String { runs.map(\.text).joined() }

    mutating func append(_ text: String, _ style: Style = .text, on ground: Ground? = nil) {
        guard !text.isEmpty else { return }
        runs.append(Run(text: text, style: style, ground: ground))
        width += text.displayWidth
    }

    mutating func append(_ other: StyledText) {
        runs += other.runs
        width += other.width
    }

    func appending(_ text: String, _ style: Style = .text, on ground: Ground? = nil) -> StyledText {
        var copy = self
        copy.append(text, style, on: ground)
        return copy
    }

    /// Blanks up to `column`; at least one where the text reaches beyond it already.
    mutating func pad(to column: Int) {
        append(String(repeating: " ", count: max(width == 0 || width == column ? 0 : 1, column - width)))
    }

    /// Appends so that the text ends at `column`, where there is room.
    mutating func append(_ text: String, _ style: Style = .text, endingAt column: Int) {
        append(String(repeating: " ", count: max(0, column - width - text.displayWidth)))
        append(text, style)
    }

    static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.append(right)
        return sum
    }
}

extension StyledText {
    /// The text on lines of at most `width` columns, cut wherever the width ends.
    func wrapped(to width: Int) -> [StyledText] {
        guard self.width > width, width > 1 else { return [self] }
        var lines: [StyledText] = []
        var line = StyledText()
        for run in runs {
            var piece = ""
            var used = line.width
            for scalar in run.text.unicodeScalars {
                if used + scalar.displayWidth > width {
                    line.append(piece, run.style, on: run.ground)
                    lines.append(line)
                    (line, piece, used) = (StyledText(), "", 0)
                }
                piece.unicodeScalars.append(scalar)
                used += scalar.displayWidth
            }
            line.append(piece, run.style, on: run.ground)
        }
        lines.append(line)
        return lines
    }
}

extension String {
    /// The text on lines of at most `width` columns, cut between words where that is possible.
    func wordWrapped(to width: Int) -> [String] {
        guard displayWidth > width, width > 1 else { return [self] }
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            let isFirst = line.isEmpty
            if !isFirst, line.displayWidth + 1 + String(word).displayWidth > width {
                lines.append(line)
                line = ""
            } else if !isFirst {
                line += " "
            }
            line += word
            while line.displayWidth > width {
                let head = line.prefix(width)
                lines.append(String(head))
                line = String(line.dropFirst(width))
            }
        }
        return lines + [line]
    }

    /// Cut to `width` columns, the last one an ellipsis where something was cut.
    func clipped(to width: Int) -> String {
        guard displayWidth > width else { return self }
        guard width > 0 else { return "" }
        var result = ""
        var used = 0
        for character in self {
            let next = String(character).displayWidth
            guard used + next < width else { break }
            result.append(character)
            used += next
        }
        return result + "…"
    }

    /// Blanks to the right, or an ellipsis, to exactly `width` columns.
    func padded(to width: Int) -> String {
        let text = clipped(to: width)
        return text + String(repeating: " ", count: max(0, width - text.displayWidth))
    }

    /// Blanks to the left to at least `width` columns.
    func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - displayWidth)) + self
    }
}
