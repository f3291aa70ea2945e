/// An answer while it is given: the kinds of questions differ in what is drawn and in which keys mean something.
struct AnswerForm: Hashable {
    enum Shape: Hashable {
        /// Each true or false on its own.
        case statements([String])
        case single([String])
        case multiple([String])
        /// To be put in order.
        case order([String])
        case match(left: [String], right: [String])
        /// A line that is typed, with a unit behind it.
        case line(unit: String?)
        /// A text with gaps: what stands before each gap, and after the last one.
        case blanks([String])
        /// A text of several lines.
        case text
        /// What may be in one's own text, to be ticked.
        case ideas([String])
    }

    /// What a key came to.
    enum Result: Hashable {
        case used, submit, leave, unused
    }

    var shape: Shape
    /// The selected row, or the gap that is typed in.
    private(set) var cursor = 0
    var truths: [Bool?] = []
    var picks: Set<Int> = []
    /// Indices of the steps, in the order that they have now.
    var order: [Int] = []
    /// The step at the cursor goes where the cursor goes.
    private(set) var isCarrying = false
    /// Of each left side the index of the right one.
    var pairs: [Int?] = []
    var inputs: [TextInput] = []
    /// Keys are text.
    private(set) var isTyping = false
    /// Whether the order was touched: as it came it is no answer.
    private var isTouched = false

    init(_ shape: Shape) {
        self.shape = shape
        switch shape {
        case .statements(let texts): truths = texts.map { _ in nil }
        case .order(let texts): order = Array(texts.indices)
        case .match(let left, _): pairs = left.map { _ in nil }
        case .line: inputs = [TextInput(.line)]
        case .blanks(let parts): inputs = parts.dropLast().map { _ in TextInput(.line) }
        case .text: inputs = [TextInput(.block)]
        case .single, .multiple, .ideas: break
        }
        isTyping = !inputs.isEmpty
    }

    var rowCount: Int {
        switch shape {
        case .statements(let texts), .single(let texts), .multiple(let texts), .order(let texts), .ideas(let texts):
            texts.count
        case .match(let left, _): left.count
        case .line, .blanks, .text: inputs.count
        }
    }

    /// Whether there is an answer that can be judged.
    var isComplete: Bool {
        switch shape {
        case .statements: truths.allSatisfy { $0 != nil }
        case .single, .multiple: !picks.isEmpty
        case .order: isTouched
        case .match: pairs.allSatisfy { $0 != nil }
        case .line, .blanks, .text: inputs.allSatisfy { !$0.isEmpty }
        case .ideas: true
        }
    }

    /// What is missing, for those who want to go on without it.
    var whatIsMissing: String {
        switch shape {
        case .statements: "each statement is true or false: t or f"
        case .single: "pick one: a letter, or space"
        case .multiple: "pick those that apply: letters, or space"
        case .order: "space takes a step up, the arrows carry it; Enter a second time takes the order as it is"
        case .match: "each line gets a letter"
        case .line, .blanks: "type an answer, or skip with ^S"
        case .text: "type an answer, or skip with ^S"
        case .ideas: ""
        }
    }

    mutating func stopTyping() { isTyping = false }
    mutating func type() { isTyping = !inputs.isEmpty }
    /// The order is right as it came.
    mutating func takeOrder() { isTouched = true }
}

extension AnswerForm {
    mutating func handle(_ key: Key) -> Result {
        if isTyping { return type(key) }
        switch key {
        // What is typed has no rows: the arrows scroll.
        case _ where !inputs.isEmpty && AnswerForm.rowKeys.contains(key): return .unused
        case .up, .character("k"): return move(-1)
        case .down, .character("j"): return move(1)
        case .enter where !inputs.isEmpty && !isComplete:
            type()
            return .used
        case .enter: return enter()
        default: return mark(key)
        }
    }

    private static let rowKeys: Set<Key> = [.up, .down, .character("k"), .character("j")]

    private mutating func move(_ step: Int) -> Result {
        guard rowCount > 0 else { return .unused }
        let target = (cursor + step).clamped(to: 0...(rowCount - 1))
        if isCarrying {
            order.swapAt(cursor, target)
            isTouched = isTouched || target != cursor
        }
        cursor = target
        return .used
    }

    /// Of one that is picked with Enter the first press picks.
    private mutating func enter() -> Result {
        if isCarrying {
            isCarrying = false
            return .used
        }
        if case .single = shape, picks != [cursor] {
            picks = [cursor]
            return .used
        }
        return .submit
    }

    private mutating func mark(_ key: Key) -> Result {
        switch shape {
        case .statements: return markTruth(key)
        case .single(let texts):
            guard let index = choice(key, texts.count) else { return .unused }
            picks = [index]
            return .used
        case .multiple(let texts), .ideas(let texts):
            guard let index = choice(key, texts.count) else { return .unused }
            picks.formSymmetricDifference([index])
            return .used
        case .order: return carry(key)
        case .match(_, let right): return pair(key, right.count)
        case .line, .blanks, .text:
            // Back to what is typed already.
            guard [.left, .right, .backspace, .character("i")].contains(key) else { return .unused }
            type()
            return .used
        }
    }

    private mutating func markTruth(_ key: Key) -> Result {
        switch key {
        case .character("t"), .right: truths[cursor] = true
        case .character("f"), .left: truths[cursor] = false
        case .character(" "):
            truths[cursor] = truths[cursor].map { !$0 } ?? true
            return .used
        default: return .unused
        }
        cursor = min(cursor + 1, rowCount - 1)
        return .used
    }

    /// The option that a key means: its letter, or space at the cursor.
    private mutating func choice(_ key: Key, _ count: Int) -> Int? {
        if key == .character(" ") { return cursor }
        guard let index = AnswerForm.index(of: key), index < count else { return nil }
        cursor = index
        return index
    }

    private mutating func carry(_ key: Key) -> Result {
        switch key {
        case .character(" "): isCarrying.toggle()
        case .character("J"), .character("K"):
            let wasCarrying = isCarrying
            isCarrying = true
            _ = move(key == .character("J") ? 1 : -1)
            isCarrying = wasCarrying
        default: return .unused
        }
        return .used
    }

    private mutating func pair(_ key: Key, _ count: Int) -> Result {
        switch key {
        case .character(" "), .right: pairs[cursor] = ((pairs[cursor] ?? -1) + 1) % count
        case .left: pairs[cursor] = ((pairs[cursor] ?? count) + count - 1) % count
        case .backspace, .delete: pairs[cursor] = nil
        default:
            guard let index = AnswerForm.index(of: key), index < count else { return .unused }
            pairs[cursor] = index
            cursor = min(cursor + 1, rowCount - 1)
        }
        return .used
    }

    private mutating func type(_ key: Key) -> Result {
        switch key {
        case .tab: cursor = (cursor + 1) % inputs.count
        case .backTab: cursor = (cursor + inputs.count - 1) % inputs.count
        case .down where inputs.count > 1: cursor = (cursor + 1) % inputs.count
        case .up where inputs.count > 1: cursor = (cursor + inputs.count - 1) % inputs.count
        default:
            switch inputs[cursor].type(key) {
            case .editing: return .used
            case .unused: return .unused
            case .cancelled:
                isTyping = false
                return .used
            case .accepted: return acceptLine()
            }
        }
        return .used
    }

    /// Enter in a gap goes on to the next one that is empty.
    private mutating func acceptLine() -> Result {
        if let next = inputs.indices.first(where: { inputs[$0].isEmpty }), inputs.count > 1, next != cursor {
            cursor = next
            return .used
        }
        return .submit
    }

    static func letter(_ index: Int) -> String { String(Unicode.Scalar(UInt8(ascii: "a") + UInt8(index % 26))) }

    private static func index(of key: Key) -> Int? {
        guard case .character(let character) = key, let ascii = character.asciiValue,
            ascii >= UInt8(ascii: "a"), ascii <= UInt8(ascii: "z")
        else { return nil }
        return Int(ascii - UInt8(ascii: "a"))
    }
}
