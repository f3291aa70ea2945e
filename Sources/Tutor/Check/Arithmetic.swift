import Foundation

/// Sums, differences, products, quotients, powers and brackets.
struct Arithmetic {
    private let characters: [Character]
    private var at = 0

    /// - Returns: nil where the text is no such expression, or has no finite value.
    static func evaluate(_ text: String) -> Double? {
        var arithmetic = Arithmetic(characters: text.filter { !$0.isWhitespace })
        guard let value = arithmetic.sum(), arithmetic.at == arithmetic.characters.count, value.isFinite else {
            return nil
        }
        return value
    }

    private init(characters: String) { self.characters = Array(characters) }

    private mutating func take(_ text: String) -> Bool {
        guard characters[at...].starts(with: text) else { return false }
        at += text.count
        return true
    }

    private mutating func sum() -> Double? {
        guard var value = product() else { return nil }
        while at < characters.count {
            if take("+") {
                guard let next = product() else { return nil }
                value += next
            } else if take("-") {
                guard let next = product() else { return nil }
                value -= next
            } else {
                break
            }
        }
        return value
    }

    private mutating func product() -> Double? {
        guard var value = power() else { return nil }
        while at < characters.count, !characters[at...].starts(with: "**") {
            if take("*") {
                guard let next = power() else { return nil }
                value *= next
            } else if take("/") {
                guard let next = power() else { return nil }
                value /= next
            } else {
                break
            }
        }
        return value
    }

    private mutating func power() -> Double? {
        if take("-") { return power().map { -$0 } }
        guard let base = atom() else { return nil }
        return take("**") ? power().map { pow(base, $0) } : base
    }

    private mutating func atom() -> Double? {
        if take("(") {
            let value = sum()
            return take(")") ? value : nil
        }
        let start = at
        while at < characters.count, characters[at].isNumber || characters[at] == "." { at += 1 }
        return Double(String(characters[start..<at]))
    }
}
