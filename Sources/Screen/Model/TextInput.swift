/// Text being typed: one line, or several that are wrapped to a width. Knows where its cursor is, and no terminal.
struct TextInput: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// Enter takes it.
        case line
        /// Enter begins a new line, ^D takes it.
        case block
    }

    /// What a key came to.
    enum Result: Hashable, Sendable {
        case editing, accepted, cancelled
        /// The key means nothing to a text.
        case unused
    }

    let kind: Kind
    /// Characters, with "\n" between lines.
    private(set) var text: [Character] = []
    /// Characters before the cursor.
    private(set) var cursor = 0
    /// The column that the cursor keeps while it goes up and down.
    private var goal: Int?
    /// Columns of a line as it was drawn last; up and down go by what one sees.
    var width = 60

    /// No answer is longer; what goes beyond is not taken.
    static let limit = 20_000

    init(_ kind: Kind, text: String = "") {
        self.kind = kind
        insert(text)
    }

    var string: String { String(text) }
    var isEmpty: Bool { text.allSatisfy(\.isWhitespace) }
    var wordCount: Int { string.split(whereSeparator: \.isWhitespace).count }

    mutating func clear() { self = TextInput(kind) }

    mutating func type(_ key: Key) -> Result {
        if key != .up, key != .down { goal = nil }
        switch key {
        case .enter where kind == .line, .control("d"): return .accepted
        case .enter: insert("\n")
        case .escape, .control("c"): return .cancelled
        case .character(let character): insert(String(character))
        case .paste(let pasted): insert(pasted)
        case .up where kind == .block: moveLine(-1)
        case .down where kind == .block: moveLine(1)
        default: return edit(key)
        }
        return .editing
    }

    private mutating func edit(_ key: Key) -> Result {
        switch key {
        case .backspace: delete(from: cursor - 1, to: cursor)
        case .delete: delete(from: cursor, to: cursor + 1)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .wordLeft: cursor = wordStart
        case .wordRight: cursor = wordEnd
        case .home, .control("a"): cursor = lineStart
        case .end, .control("e"): cursor = lineEnd
        case .control("u"): delete(from: lineStart, to: cursor)
        case .control("k"): delete(from: cursor, to: lineEnd)
        case .control("w"): delete(from: wordStart, to: cursor)
        default: return .unused
        }
        return .editing
    }

    /// What cannot be drawn is left out; a text of one line takes line ends as blanks.
    private mutating func insert(_ added: String) {
        for character in added where text.count < TextInput.limit {
            let isEnd = character == "\n"
            let kept: Character = isEnd && kind == .line || character == "\t" ? " " : character
            guard kept == "\n" || kept.unicodeScalars.allSatisfy({ $0.isDrawable || $0.isMark }) else { continue }
            text.insert(kept, at: cursor)
            cursor += 1
        }
    }

    private mutating func delete(from start: Int, to end: Int) {
        let range = max(0, start)..<min(text.count, max(end, 0))
        text.removeSubrange(range)
        cursor = range.lowerBound
    }

    private var lineStart: Int { (text[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }
    private var lineEnd: Int { text[cursor...].firstIndex(of: "\n") ?? text.count }

    private var wordStart: Int {
        var index = cursor
        while index > 0, text[index - 1].isWhitespace { index -= 1 }
        while index > 0, !text[index - 1].isWhitespace { index -= 1 }
        return index
    }

    private var wordEnd: Int {
        var index = cursor
        while index < text.count, text[index].isWhitespace { index += 1 }
        while index < text.count, !text[index].isWhitespace { index += 1 }
        return index
    }
}

extension TextInput {
    /// The lines as they are drawn: ranges of the text, each with the blank or line end that closes it.
    func lines(width: Int) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var (start, columns, breakAt) = (0, 0, 0)
        for (index, character) in text.enumerated() {
            if character == "\n" {
                lines.append(start..<(index + 1))
                (start, columns, breakAt) = (index + 1, 0, index + 1)
                continue
            }
            columns += String(character).displayWidth
            if columns > max(2, width), character != " " {
                let end = breakAt > start ? breakAt : index
                lines.append(start..<end)
                start = end
                columns = String(text[start...index]).displayWidth
            }
            if character == " " { breakAt = index + 1 }
        }
        return lines + [start..<text.count]
    }

    /// The line of the cursor, and its column there.
    func cursorPlace(in lines: [Range<Int>]) -> (line: Int, column: Int) {
        let line = lines.lastIndex { $0.lowerBound <= cursor } ?? 0
        return (line, String(text[lines[line].lowerBound..<cursor]).displayWidth)
    }

    private mutating func moveLine(_ step: Int) {
        let lines = lines(width: width)
        let place = cursorPlace(in: lines)
        let wanted = goal ?? place.column
        goal = wanted
        guard lines.indices.contains(place.line + step) else {
            cursor = step < 0 ? 0 : text.count
            return
        }
        let target = lines[place.line + step]
        var (index, column) = (target.lowerBound, 0)
        while index < target.upperBound, text[index] != "\n" {
            let next = column + String(text[index]).displayWidth
            // Behind its last blank the cursor would stand in the next line.
            if next > wanted || (index + 1 == target.upperBound && place.line + step + 1 < lines.count) { break }
            (index, column) = (index + 1, next)
        }
        cursor = index
    }
}

extension TextInput {
    /// The text as lines of a width, and where among them the cursor is.
    mutating func shown(width: Int, style: Style = .strong) -> (lines: [StyledText], cursor: Canvas.Position) {
        // The last column is the cursor's.
        self.width = max(2, width - 1)
        let lines = lines(width: self.width)
        let place = cursorPlace(in: lines)
        let shown = lines.map { StyledText(String(text[$0].filter { $0 != "\n" }), style) }
        return (shown, Canvas.Position(row: place.line, column: min(place.column, max(0, width - 1))))
    }
}
