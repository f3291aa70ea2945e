/// A line being typed at the bottom of the screen.
struct Prompt: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case filter, command
        /// Why a finding does not count.
        case reason
        /// Words that are looked for.
        case search
        /// A step that is gone to.
        case jump
        /// The day of the interview.
        case date

        var sign: String {
            switch self {
            case .filter: "/"
            case .command: ":"
            case .reason: "ignored, because: "
            case .search: "search: "
            case .jump: "go to a step (4, or 3.4): "
            case .date: "day of the interview (YYYY-MM-DD, nothing for none): "
            }
        }
    }

    /// What a key came to.
    enum Outcome: Hashable, Sendable {
        case editing, accepted, cancelled
    }

    let kind: Kind
    private(set) var text: [Character]
    private(set) var cursor: Int

    init(_ kind: Kind, text: String = "") {
        self.kind = kind
        self.text = Array(text)
        cursor = self.text.count
    }

    var string: String { String(text) }

    mutating func type(_ key: Key) -> Outcome {
        switch key {
        case .enter: return .accepted
        case .escape, .control("c"): return .cancelled
        case .character(let character): insert(character)
        case .backspace:
            // Like vi's: there is nothing left to delete.
            if text.isEmpty { return .cancelled }
            if cursor > 0 { remove(at: cursor - 1) }
        case .delete: if cursor < text.count { text.remove(at: cursor) }
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = text.count
        case .control("u"): removeFirst(cursor)
        case .control("w"): removeWord()
        case .paste(let pasted): for character in pasted.prefix(while: { $0 != "\n" }) { insert(character) }
        case .wordLeft, .wordRight, .control, .up, .down, .pageUp, .pageDown, .tab, .backTab, .click, .wheelUp,
            .wheelDown, .background:
            break
        }
        return .editing
    }

    private mutating func insert(_ character: Character) {
        text.insert(character, at: cursor)
        cursor += 1
    }

    private mutating func remove(at index: Int) {
        text.remove(at: index)
        cursor -= 1
    }

    private mutating func removeFirst(_ count: Int) {
        text.removeFirst(count)
        cursor = 0
    }

    private mutating func removeWord() {
        while cursor > 0, text[cursor - 1] == " " { remove(at: cursor - 1) }
        while cursor > 0, text[cursor - 1] != " " { remove(at: cursor - 1) }
    }
}
