import Wire

/// Reads a filter expression: `or` binds looser than `and`, which may be left out, and that looser than `not`.
struct FilterParser {
    private let tokens: [FilterToken]
    private var index = 0
    /// How many parentheses and negations are open, so that nobody's expression overflows the stack.
    private var depth = 0

    private static let deepest = 64

    static func parse(_ source: String) throws(FilterError) -> FilterNode {
        var parser = FilterParser(tokens: try FilterLexer.tokens(of: source))
        let node = try parser.alternatives()
        guard parser.current.kind == .end else { throw parser.fault("the end, and or or") }
        return node
    }

    private init(tokens: [FilterToken]) {
        self.tokens = tokens
    }

    private var current: FilterToken { tokens[index] }

    private func fault(_ expected: String) -> FilterError {
        FilterError(position: current.position, expected: expected, found: current.source)
    }

    private mutating func skip() { index = min(index + 1, tokens.count - 1) }

    private mutating func alternatives() throws(FilterError) -> FilterNode {
        var node = try conditions()
        while current.kind == .or {
            skip()
            node = .or(node, try conditions())
        }
        return node
    }

    private mutating func conditions() throws(FilterError) -> FilterNode {
        var node = try condition()
        while true {
            switch current.kind {
            case .and: skip()
            case .or, .close, .end: return node
            case .word, .string, .regex, .not, .open, .comparison: break
            }
            node = .and(node, try condition())
        }
    }

    private mutating func condition() throws(FilterError) -> FilterNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= FilterParser.deepest else { throw fault("fewer parentheses") }
        let token = current
        switch token.kind {
        case .not:
            skip()
            return .not(try condition())
        case .open:
            skip()
            let node = try alternatives()
            guard current.kind == .close else { throw fault("a closing parenthesis") }
            skip()
            return node
        case .string(let text):
            skip()
            return .text(.payload, .contains(Array(text.utf8)))
        case .regex:
            return .text(.payload, try regex())
        case .word(let word):
            return try self.word(word)
        case .comparison, .and, .or, .close, .end:
            throw fault("a field, a text or a parenthesis")
        }
    }

    private mutating func word(_ word: String) throws(FilterError) -> FilterNode {
        if word.hasPrefix("~"), let node = try shorthand(word) { return node }
        let field = FilterField.named(word)
        let next = tokens[min(index + 1, tokens.count - 1)]
        if case .comparison(let comparison) = next.kind {
            guard let field else { throw fault("the name of a field before \(next.source)") }
            index += 2
            return try value(of: field, comparison)
        }
        skip()
        if field?.type == .side || word.lowercased() == "to" {
            let side = try side()
            return .side(word.lowercased() == "to" ? side.peer : side)
        }
        if let opcode = FilterParser.opcodes[word.lowercased()] { return .opcode(.equal, opcode) }
        if let side = FilterParser.sides[word.lowercased()] { return .side(side) }
        switch field?.type {
        case .flag(let flag): return .flag(flag)
        case .violation: return .violation([])
        case .number, .text, .opcode, .side, .kind, nil:
            return .text(.payload, .containsWord(word.utf8.map { TextTest.lower($0) }))
        }
    }

    private mutating func value(of field: FilterField, _ comparison: Comparison) throws(FilterError) -> FilterNode {
        switch field.type {
        case .text(let text):
            return .text(text, try textTest(comparison))
        case .number(let number):
            try allow(comparison, Comparison.ordering, field)
            return .number(number, comparison, try self.number(field))
        case .flag(let flag):
            try allow(comparison, [.equal, .notEqual], field)
            return try truth() == (comparison == .equal) ? .flag(flag) : .not(.flag(flag))
        case .opcode:
            try allow(comparison, Comparison.ordering, field)
            return .opcode(comparison, try opcode())
        case .side:
            try allow(comparison, [.equal, .notEqual], field)
            let side = try side()
            return .side(comparison == .equal ? side : side.peer)
        case .kind:
            try allow(comparison, [.equal, .notEqual], field)
            let kind = try kind()
            return comparison == .equal ? .kind(kind) : .not(.kind(kind))
        case .violation:
            try allow(comparison, [.equal, .notEqual, .contains], field)
            let rules = try rules(exactly: comparison != .contains)
            return comparison == .notEqual ? .not(.violation(rules)) : .violation(rules)
        }
    }

    private func allow(
        _ comparison: Comparison, _ allowed: Set<Comparison>, _ field: FilterField
    ) throws(FilterError) {
        guard !allowed.contains(comparison) else { return }
        let operators = Comparison.allCases.filter { allowed.contains($0) }.map(\.rawValue).joined(separator: " ")
        let token = tokens[index - 1]
        throw FilterError(position: token.position, expected: "\(operators) after \(field.name)", found: token.source)
    }
}

/// Values.
extension FilterParser {
    private static let opcodes: [String: UInt8] = [
        "continuation": 0, "cont": 0, "text": 1, "binary": 2, "close": 8, "ping": 9, "pong": 10,
    ]
    private static let sides: [String: Side] = ["client": .client, "server": .server]

    /// The word or string that stands here.
    private mutating func plainValue(_ expected: String) throws(FilterError) -> String {
        switch current.kind {
        case .word(let text), .string(let text):
            skip()
            return text
        case .regex(_, _):
            // What looks like a regular expression where none can be is a path between slashes.
            let text = current.source
            skip()
            return text
        case .comparison, .and, .or, .not, .open, .close, .end:
            throw fault(expected)
        }
    }

    /// The value of a word, if `find` knows it.
    private mutating func choice<Value>(
        _ expected: String, _ find: (String) -> Value?
    ) throws(FilterError) -> Value {
        let token = current
        let text = try plainValue(expected)
        guard let value = find(text.lowercased()) else {
            throw FilterError(position: token.position, expected: expected, found: token.source)
        }
        return value
    }

    private mutating func opcode() throws(FilterError) -> UInt8 {
        try choice("an opcode, such as ping or 0x9") { text in
            FilterParser.opcodes[text] ?? FilterParser.integer(text).flatMap { $0 < 16 ? UInt8($0) : nil }
        }
    }

    private mutating func side() throws(FilterError) -> Side {
        try choice("client or server") { FilterParser.sides[$0] }
    }

    private mutating func kind() throws(FilterError) -> FilterKind {
        try choice("one of \(FilterKind.names)") { FilterKind(rawValue: $0) }
    }

    private mutating func truth() throws(FilterError) -> Bool {
        try choice("true or false") { ["true": true, "1": true, "false": false, "0": false][$0] }
    }

    private mutating func rules(exactly: Bool) throws(FilterError) -> Set<Violation.Rule> {
        try choice("a rule, such as invalidUTF8") { text in
            let rules = Violation.Rule.allCases.filter { rule in
                let name = rule.rawValue.lowercased()
                return exactly ? name == text : TextTest.contains(Array(text.utf8)).matches(name)
            }
            return rules.isEmpty ? nil : Set(rules)
        }
    }

    private mutating func number(_ field: FilterField) throws(FilterError) -> UInt64 {
        if field.type == .number(.roundTrip) {
            return try choice("a time, such as 100ms") { FilterParser.nanoseconds($0) }
        }
        return try choice("a number") { FilterParser.integer($0) }
    }

    private static func integer(_ text: String) -> UInt64? {
        text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text.filter { $0 != "_" && $0 != "," })
    }

    private static func nanoseconds(_ text: String) -> UInt64? {
        let number = text.prefix { $0.isNumber || $0 == "." }
        let units = ["": 1e6, "ms": 1e6, "s": 1e9, "us": 1e3, "µs": 1e3, "ns": 1]
        guard let value = Double(number), let unit = units[String(text.dropFirst(number.count))] else { return nil }
        return UInt64(exactly: (value * unit).rounded())
    }

    private mutating func textTest(_ comparison: Comparison) throws(FilterError) -> TextTest {
        if comparison == .matches { return try regex() }
        if case .regex = current.kind, comparison != .contains { return try regex() }
        let token = current
        let bytes = Array(try plainValue("a text").utf8)
        switch comparison {
        case .equal: return .equals(bytes)
        case .notEqual: return .differs(bytes)
        case .contains: return .contains(bytes)
        case .matches, .less, .lessOrEqual, .greater, .greaterOrEqual:
            throw FilterError(
                position: token.position, expected: "== != contains or matches before a text", found: token.source)
        }
    }

    private mutating func regex() throws(FilterError) -> TextTest {
        let token = current
        var ignoresCase = false
        let pattern: String
        if case .regex(let text, let isCaseIgnored) = token.kind {
            (pattern, ignoresCase) = (text, isCaseIgnored)
            skip()
        } else {
            pattern = try plainValue("a regular expression, such as /a|b/i")
        }
        guard let regex = try? Regex(pattern) else {
            throw FilterError(position: token.position, expected: "a regular expression", found: token.source)
        }
        return .matches((ignoresCase ? regex.ignoresCase() : regex).matchingSemantics(.unicodeScalar))
    }

    /// mitmproxy's short forms: `~q` and `~s` for the sides, `~b` and `~u` with a pattern, `~c` with a code.
    private mutating func shorthand(_ word: String) throws(FilterError) -> FilterNode? {
        switch word {
        case "~q":
            skip()
            return .side(.client)
        case "~s":
            skip()
            return .side(.server)
        case "~e":
            skip()
            return .violation([])
        case "~b", "~u":
            skip()
            return .text(word == "~b" ? .payload : .path, try regex())
        case "~c":
            skip()
            return .number(.closeCode, .equal, try choice("a status code") { FilterParser.integer($0) })
        default: return nil
        }
    }
}

extension Comparison {
    fileprivate static let ordering: Set<Comparison> = [
        .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ]
}

extension TextTest {
    fileprivate func matches(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBytes { matches($0) }
    }
}
