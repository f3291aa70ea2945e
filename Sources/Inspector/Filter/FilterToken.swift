/// A word of a filter expression with its place.
struct FilterToken: Hashable {
    enum Kind: Hashable {
        case word(String)
        case string(String)
        case regex(String, ignoresCase: Bool)
        case comparison(Comparison)
        case and, or, not, open, close, end
    }

    let kind: Kind
    let position: Int
    /// As it was written.
    let source: String
}

enum Comparison: String, Hashable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case contains, matches

    /// Wireshark's words and the short forms.
    static func named(_ word: String) -> Comparison? {
        switch word.lowercased() {
        case "=", "==", "eq", "is": .equal
        case "!=", "ne": .notEqual
        case "<=", "le": .lessOrEqual
        case ">=", "ge": .greaterOrEqual
        case "<", "lt": .less
        case ">", "gt": .greater
        case "contains": .contains
        case "matches", "~": .matches
        default: nil
        }
    }

    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal, .contains, .matches: left == right
        case .notEqual: left != right
        case .lessOrEqual: left <= right
        case .greaterOrEqual: left >= right
        case .less: left < right
        case .greater: left > right
        }
    }
}
