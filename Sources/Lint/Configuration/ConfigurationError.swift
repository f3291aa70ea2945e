/// What is wrong in `ws101.yml`, where, and what would be right.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1.
    package let column: Int
    /// Safe text.
    package let what: String
    /// May be empty.
    package let advice: String

    package var description: String { "\(file):\(line):\(column): \(what)" }
}
