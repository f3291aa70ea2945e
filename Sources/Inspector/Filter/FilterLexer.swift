/// Cuts a filter expression into its words.
struct FilterLexer {
    private let characters: [Character]
    private var position = 0

    init(_ source: String) {
        characters = Array(source)
    }

    static func tokens(of source: String) throws(FilterError) -> [FilterToken] {
        var lexer = FilterLexer(source)
        var tokens: [FilterToken] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private var current: Character? { position < characters.count ? characters[position] : nil }

    private mutating func next() throws(FilterError) -> FilterToken {
        while let character = current, character.isWhitespace { position += 1 }
        let start = position
        let kind = try kind()
        return FilterToken(kind: kind, position: start, source: String(characters[start..<position]))
    }

    private mutating func kind() throws(FilterError) -> FilterToken.Kind {
        guard let first = current else { return .end }
        switch first {
        case "(": return take(1, .open)
        case ")": return take(1, .close)
        case "\"", "'": return .string(try quoted(first))
        case "/": return try path()
        default: break
        }
        let two = String(characters[position...].prefix(2))
        if two == "&&" { return take(2, .and) }
        if two == "||" { return take(2, .or) }
        if let comparison = FilterLexer.signs[two] { return take(two.count, .comparison(comparison)) }
        if let comparison = FilterLexer.signs[String(first)] { return take(1, .comparison(comparison)) }
        if first == "!" { return take(1, .not) }
        return word()
    }

    private static let signs: [String: Comparison] = [
        "==": .equal, "!=": .notEqual, "<=": .lessOrEqual, ">=": .greaterOrEqual, "=": .equal, "<": .less,
        ">": .greater,
    ]

    private mutating func take(_ count: Int, _ kind: FilterToken.Kind) -> FilterToken.Kind {
        position += count
        return kind
    }

    private mutating func word() -> FilterToken.Kind {
        let start = position
        while let character = current, !character.isWhitespace, !"()!=<>&|\"'".contains(character) { position += 1 }
        // A lone & or | is part of what is looked for.
        if position == start { position += 1 }
        let word = String(characters[start..<position])
        switch word.lowercased() {
        case "and": return .and
        case "or": return .or
        case "not": return .not
        case "contains": return .comparison(.contains)
        case "matches": return .comparison(.matches)
        case "eq", "ne", "le", "ge", "lt", "gt", "~":
            return Comparison.named(word).map { .comparison($0) } ?? .word(word)
        default: return .word(word)
        }
    }

    private mutating func quoted(_ quote: Character) throws(FilterError) -> String {
        let start = position
        position += 1
        var text = ""
        while let character = current {
            position += 1
            if character == quote { return text }
            guard character == "\\", let escaped = current else {
                text.append(character)
                continue
            }
            position += 1
            switch escaped {
            case "n": text.append("\n")
            case "t": text.append("\t")
            case "r": text.append("\r")
            default: text.append(escaped)
            }
        }
        throw FilterError(position: start, expected: "a closing \(quote)", found: "")
    }

    /// `/regular expression/`, with `i` behind it to disregard case; what has no second slash is a path.
    private mutating func path() throws(FilterError) -> FilterToken.Kind {
        var end = position + 1
        var pattern = ""
        while end < characters.count, characters[end] != "/" {
            if characters[end] == "\\", end + 1 < characters.count {
                if characters[end + 1] != "/" { pattern.append("\\") }
                end += 1
            }
            pattern.append(characters[end])
            end += 1
        }
        guard end < characters.count, !pattern.isEmpty else { return word() }
        var after = end + 1
        let ignoresCase = after < characters.count && characters[after] == "i"
        if ignoresCase { after += 1 }
        guard after == characters.count || characters[after].isWhitespace || ")&|".contains(characters[after]) else {
            return word()
        }
        position = after
        return .regex(pattern, ignoresCase: ignoresCase)
    }
}
