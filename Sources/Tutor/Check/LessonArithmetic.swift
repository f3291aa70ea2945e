/// Sums and products as authors write them: `230 + 159`, `2 ** 63 - 1`, `(64 + 14) * 1024 / 2`.
struct LessonArithmetic {
    private let characters: [Character]
    private var index = 0

    /// nil for anything else.
    static func value(_ text: String) -> Double? {
        var reader = LessonArithmetic(text)
        guard let value = reader.sum(), reader.index == reader.characters.count else { return nil }
        return value
    }

    private init(_ text: String) { characters = text.filter { !$0.isWhitespace && $0 != "," } }

    private mutating func take(_ word: String) -> Bool {
        let wanted = Array(word)
        guard characters[index...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }

    private mutating func sum() -> Double? {
        guard var value = product() else { return nil }
        while true {
            if take("+") {
                guard let other = product() else { return nil }
                value += other
            } else if take("-") {
                guard let other = product() else { return nil }
                value -= other
            } else {
                return value
            }
        }
    }

    private mutating func product() -> Double? {
        guard var value = power() else { return nil }
        while true {
            if !characters[index...].starts(with: Array("**")), take("*") {
                guard let other = power() else { return nil }
                value *= other
            } else if take("/") {
                guard let other = power(), other != 0 else { return nil }
                value /= other
            } else {
                return value
            }
        }
    }

    private mutating func power() -> Double? {
        guard let base = atom() else { return nil }
        guard take("**") else { return base }
        guard let exponent = power(), exponent >= 0, exponent < 1024, exponent.rounded() == exponent else { return nil }
        return (0..<Int(exponent)).reduce(1) { product, _ in product * base }
    }

    private mutating func atom() -> Double? {
        if take("(") {
            guard let value = sum(), take(")") else { return nil }
            return value
        }
        if take("-") { return atom().map { -$0 } }
        let digits = characters[index...].prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        index += digits.count
        return Double(String(digits))
    }
}
