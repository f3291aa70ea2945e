/// How well something was remembered, as FSRS counts it.
package enum Grade: Int, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case again = 1
    case hard, good, easy

    package static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }

    /// For a person.
    package var name: String {
        switch self {
        case .again: "again"
        case .hard: "hard"
        case .good: "good"
        case .easy: "easy"
        }
    }
}
