/// Why an expression is no filter: where, what was expected there, and what stands there.
package struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Characters before the place.
    package let position: Int
    package let expected: String
    /// Empty at the end of the expression.
    package let found: String

    package var description: String {
        "expected \(expected) at \(position + 1), " + (found.isEmpty ? "but it ends there" : "found \(found)")
    }
}
