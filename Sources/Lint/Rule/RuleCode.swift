/// The short name of a rule: a letter for its area and two digits, such as "L01". Never given to another rule.
package struct RuleCode: RawRepresentable, Hashable, Comparable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package init(stringLiteral value: String) { self.init(rawValue: value) }

    package var description: String { rawValue }

    package static func < (left: RuleCode, right: RuleCode) -> Bool { left.rawValue < right.rawValue }
}
