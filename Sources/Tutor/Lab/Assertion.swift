package import Wire

/// What a check says about the log.
package indirect enum Assertion: Hashable, Sendable {
    case seen(EventPattern)
    case never(EventPattern)
    /// The first of the one comes before the first of the other.
    case before(EventPattern, EventPattern)
    /// One after the other, others between them allowed.
    case inOrder([EventPattern])
    /// The first one at most so many milliseconds behind one of the second.
    case within(EventPattern, milliseconds: Double, of: EventPattern)
    /// - Parameter tolerance: As a part of the right figure, such as 0.2; only with `equal`.
    case figures(NumberExpression, EventPattern.Comparison, NumberExpression, tolerance: Double)
    /// A question of the step was answered rightly.
    case answered(String)
}

/// A figure that is drawn from the log.
package struct NumberExpression: Hashable, Sendable {
    package indirect enum Kind: Hashable, Sendable {
        case constant(Double)
        case count(EventPattern)
        /// Bytes on the wire, of the events themselves.
        case bytes(EventPattern)
        /// All bytes of a side of a connection, or of both.
        case traffic(Side?, connection: String?)
        /// Milliseconds from the first of the one to the first of the other behind it.
        case delay(EventPattern, EventPattern)
        case aggregate(Aggregate, field: String, EventPattern)
        /// The learner's answer to a question.
        case answer(String)
    }

    package enum Aggregate: String, Hashable, Sendable, CaseIterable { case sum, median, min, max }

    package let factor: Double
    package let kind: Kind
}

extension Assertion {
    /// The questions whose answers it looks at.
    package var questions: [String] {
        switch self {
        case .answered(let id): [id]
        case .figures(let left, _, let right, _): [left, right].compactMap(\.question)
        case .seen, .never, .before, .inOrder, .within: []
        }
    }

    /// Every pattern it looks for.
    package var patterns: [EventPattern] {
        switch self {
        case .seen(let pattern), .never(let pattern): [pattern]
        case .before(let one, let other), .within(let one, _, let other): [one, other]
        case .inOrder(let patterns): patterns
        case .figures(let left, _, let right, _): left.patterns + right.patterns
        case .answered: []
        }
    }
}

extension NumberExpression {
    var question: String? {
        if case .answer(let id) = kind { id } else { nil }
    }

    package var patterns: [EventPattern] {
        switch kind {
        case .count(let pattern), .bytes(let pattern), .aggregate(_, _, let pattern): [pattern]
        case .delay(let one, let other): [one, other]
        case .constant, .traffic, .answer: []
        }
    }
}

extension NumberExpression: CustomStringConvertible {
    package var description: String {
        let text =
            switch kind {
            case .constant(let number): Figure.text(number)
            case .count(let pattern): "count \(pattern)"
            case .bytes(let pattern): "bytes \(pattern)"
            case .traffic(let side, let connection):
                "traffic" + (side.map { " \($0)" } ?? "") + (connection.map { " on \($0)" } ?? "")
            case .delay(let one, let other): "delay \(one) to \(other)"
            case .aggregate(let aggregate, let field, let pattern): "\(aggregate.rawValue) \(field) of \(pattern)"
            case .answer(let id): "answer \(id)"
            }
        return factor == 1 ? text : "\(Figure.text(factor)) * \(text)"
    }
}
