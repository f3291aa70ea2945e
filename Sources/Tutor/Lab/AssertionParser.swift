import Wire

/// Reads the language of checks.
package struct AssertionParser {
    /// What is wrong, and at which character, counted from 1.
    package struct Fault: Error, Hashable, Sendable {
        package let what: String
        package let column: Int
    }

    struct Token: Hashable {
        let text: String
        let isQuoted: Bool
        let column: Int
    }

    private var tokens: [Token]
    private var index = 0
    private let end: Int

    package static func assertion(_ text: String) throws(Fault) -> Assertion {
        var parser = try AssertionParser(text)
        let assertion = try parser.assertion()
        try parser.finish()
        return assertion
    }

    package static func number(_ text: String) throws(Fault) -> NumberExpression {
        var parser = try AssertionParser(text)
        let number = try parser.number()
        try parser.finish()
        return number
    }

    package static func pattern(_ text: String) throws(Fault) -> EventPattern {
        var parser = try AssertionParser(text)
        let pattern = try parser.pattern()
        try parser.finish()
        return pattern
    }

    private init(_ text: String) throws(Fault) {
        tokens = try AssertionParser.tokens(text.replacing("+-", with: "± "))
        end = text.count + 1
    }
}

// MARK: - Words

extension AssertionParser {
    private static func tokens(_ text: String) throws(Fault) -> [Token] {
        var tokens: [Token] = []
        let characters = Array(text)
        var index = 0
        while index < characters.count {
            let start = index
            let character = characters[index]
            if character.isWhitespace {
                index += 1
            } else if character == "\"" {
                var word = ""
                index += 1
                while index < characters.count, characters[index] != "\"" {
                    if characters[index] == "\\", index + 1 < characters.count { index += 1 }
                    word.append(characters[index])
                    index += 1
                }
                guard index < characters.count else { throw Fault(what: "the text has no end", column: start + 1) }
                index += 1
                tokens.append(Token(text: word, isQuoted: true, column: start + 1))
            } else {
                // A word may hold signs, such as session=alice; a sign holds nothing else.
                let isSign = isSign(character)
                while index < characters.count, !characters[index].isWhitespace, characters[index] != "\"",
                    !isSign || self.isSign(characters[index])
                {
                    index += 1
                }
                tokens.append(Token(text: String(characters[start..<index]), isQuoted: false, column: start + 1))
            }
        }
        return tokens
    }

    private static func isSign(_ character: Character) -> Bool { "=!<>~*±".contains(character) }

    private var next: Token? { index < tokens.count ? tokens[index] : nil }

    private func fault(_ what: String) -> Fault { Fault(what: what, column: next?.column ?? end) }

    private func isNext(_ word: String) -> Bool { next.map { !$0.isQuoted && $0.text == word } ?? false }

    private mutating func take(_ word: String) -> Bool {
        guard isNext(word) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ word: String) throws(Fault) {
        guard take(word) else { throw fault("\"\(word)\" is expected here") }
    }

    private mutating func word(_ what: String) throws(Fault) -> String {
        guard let token = next else { throw fault("\(what) is missing") }
        index += 1
        return token.text
    }

    private func finish() throws(Fault) {
        if let next { throw Fault(what: "\"\(SafeText.escape(next.text))\" is not expected here", column: next.column) }
    }
}

// MARK: - Assertions

extension AssertionParser {
    private mutating func assertion() throws(Fault) -> Assertion {
        if take("seen") { return .seen(try pattern()) }
        if take("never") { return .never(try pattern()) }
        if take("payload") { return try payload() }
        if take("header") { return try header() }
        if isNext("closed") { return try closed() }
        if isNext("close"), !isFollowedBySequence { return try close() }
        if take("answer") { return try answer() }
        if isNumber { return try figures(try number()) }
        return try sequence()
    }

    /// `client ping before client continuation`, `text then ping then text`, `pong within 1s of ping`.
    private mutating func sequence() throws(Fault) -> Assertion {
        let first = try pattern()
        if take("before") { return .before(first, try pattern()) }
        if take("within") {
            let time = try word("a time such as 500ms")
            guard let milliseconds = Figure.parse(time) else { throw fault("a time such as 500ms is expected") }
            try expect("of")
            return .within(first, milliseconds: milliseconds, of: try pattern())
        }
        var patterns = [first]
        while take("then") { patterns.append(try pattern()) }
        guard patterns.count > 1 else {
            throw fault("an assertion begins with seen, never, count … or goes on with before, then or within")
        }
        return .inOrder(patterns)
    }

    /// Whether a pattern begins here that is a part of a sequence: `close before fin`.
    private var isFollowedBySequence: Bool {
        tokens[index...].contains { !$0.isQuoted && ["before", "then", "within"].contains($0.text) }
    }

    private mutating func payload() throws(Fault) -> Assertion {
        let pattern = try pattern()
        let condition = try comparison(of: "payload")
        return .seen(pattern.adding([condition]))
    }

    private mutating func header() throws(Fault) -> Assertion {
        let what = try word("request or response")
        guard let kind = EventPattern.What(rawValue: what), kind == .request || kind == .response else {
            throw fault("a header belongs to a request or a response")
        }
        let condition = try comparison(of: "header." + (try word("the name of a header field")))
        let connection = take("on") ? try word("a name") : nil
        return .seen(EventPattern(side: nil, what: kind, connection: connection, conditions: [condition]))
    }

    private mutating func close() throws(Fault) -> Assertion {
        index += 1
        let side = self.side()
        let connection = take("on") ? try word("a name") : nil
        return .seen(
            EventPattern(side: side, what: .close, connection: connection, conditions: try conditions(of: .close)))
    }

    /// `closed client code == 1006 on you`.
    private mutating func closed() throws(Fault) -> Assertion {
        index += 1
        guard let side = side() else { throw fault("client or server is expected: closed client code == 1006") }
        try expect("code")
        let condition = try comparison(of: "\(side)")
        let connection = take("on") ? try word("a name") : nil
        return .seen(EventPattern(side: nil, what: .closed, connection: connection, conditions: [condition]))
    }

    private mutating func answer() throws(Fault) -> Assertion {
        let id = try word("the id of a question")
        if take("is") {
            try expect("right")
            return .answered(id)
        }
        return try figures(NumberExpression(factor: 1, kind: .answer(id)))
    }

    private mutating func figures(_ left: NumberExpression) throws(Fault) -> Assertion {
        let comparison = try sign()
        guard comparison != .contains, comparison != .among else { throw fault("figures are compared with == and <") }
        let right = try number()
        var tolerance = 0.0
        if take("±") { tolerance = try percentage() }
        return .figures(left, comparison, right, tolerance: tolerance)
    }

    private mutating func percentage() throws(Fault) -> Double {
        let text = try word("a percentage")
        guard text.hasSuffix("%"), let number = Double(text.dropLast()) else {
            throw fault("a tolerance is a percentage, such as 20%")
        }
        return number / 100
    }
}

// MARK: - Figures

extension AssertionParser {
    private static let numberWords = ["count", "bytes", "traffic", "delay", "sum", "median", "min", "max", "answer"]

    private var isNumber: Bool {
        guard let next, !next.isQuoted else { return false }
        return AssertionParser.numberWords.contains(next.text) || Figure.parse(next.text) != nil
    }

    private mutating func number() throws(Fault) -> NumberExpression {
        guard let token = next, isNumber else {
            throw fault("a figure is expected: a number, count, bytes, traffic, delay, sum, median, min or max")
        }
        index += 1
        if let constant = Figure.parse(token.text) {
            guard take("*") else { return NumberExpression(factor: 1, kind: .constant(constant)) }
            let rest = try number()
            return NumberExpression(factor: constant * rest.factor, kind: rest.kind)
        }
        return NumberExpression(factor: 1, kind: try kind(token.text))
    }

    private mutating func kind(_ word: String) throws(Fault) -> NumberExpression.Kind {
        switch word {
        case "count": return .count(try pattern())
        case "bytes": return .bytes(try pattern())
        case "traffic":
            let side = self.side()
            return .traffic(side, connection: take("on") ? try self.word("a name") : nil)
        case "delay":
            let from = try pattern()
            try expect("to")
            return .delay(from, try pattern())
        case "answer": return .answer(try self.word("the id of a question"))
        default:
            let field = try self.word("a field")
            try expect("of")
            guard let aggregate = NumberExpression.Aggregate(rawValue: word) else {
                throw fault("sum, median, min or max is expected")
            }
            let pattern = try pattern()
            try check(field, pattern.what)
            return .aggregate(aggregate, field: field, pattern)
        }
    }
}

// MARK: - Patterns

extension AssertionParser {
    private mutating func side() -> Side? { take("client") ? .client : take("server") ? .server : nil }

    private mutating func pattern() throws(Fault) -> EventPattern {
        let side = self.side()
        let at = next
        let name = try word("the kind of an event")
        guard let what = EventPattern.What(rawValue: name) else {
            let all = EventPattern.What.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fault(
                what: "\"\(SafeText.escape(name))\" is no kind of event; there are \(all)", column: at?.column ?? end)
        }
        let connection = take("on") ? try word("a name") : nil
        let conditions = take("where") ? try conditions(of: what) : []
        return EventPattern(side: side, what: what, connection: connection, conditions: conditions)
    }

    private mutating func conditions(of what: EventPattern.What) throws(Fault) -> [EventPattern.Condition] {
        var conditions: [EventPattern.Condition] = []
        repeat {
            let field = try word("a field")
            index -= 1
            try check(field, what)
            index += 1
            conditions.append(try comparison(of: field))
        } while take("and")
        return conditions
    }

    private func check(_ field: String, _ what: EventPattern.What) throws(Fault) {
        if what == .note { return }
        if what.fields.contains(field) { return }
        if field.hasPrefix("header."), what == .request || what == .response { return }
        let fields = what.fields.isEmpty ? "none" : what.fields.joined(separator: ", ")
        throw fault("a \(what.rawValue) has no field \"\(SafeText.escape(field))\"; it has \(fields)")
    }

    private mutating func comparison(of field: String) throws(Fault) -> EventPattern.Condition {
        let sign = try sign()
        var values = [try word("a value")]
        if sign == .among {
            while let next, next.isQuoted || !["and", "on", "before", "then", "within"].contains(next.text) {
                values.append(try word("a value"))
            }
        }
        return EventPattern.Condition(field: field, comparison: sign, values: values)
    }

    private mutating func sign() throws(Fault) -> EventPattern.Comparison {
        guard let token = next, !token.isQuoted, let sign = EventPattern.Comparison(rawValue: token.text) else {
            throw fault("==, !=, <, <=, >, >=, ~ or in is expected here")
        }
        index += 1
        return sign
    }
}

extension EventPattern {
    func adding(_ more: [Condition]) -> EventPattern {
        EventPattern(side: side, what: what, connection: connection, conditions: conditions + more)
    }
}
