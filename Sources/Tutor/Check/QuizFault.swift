/// Something wrong in the bank, and where.
package struct QuizFault: Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// From 1; 0 where the file as a whole is meant.
    package let line: Int
    package let column: Int
    /// The item or question; empty for none.
    package let id: String
    package let what: String

    package var description: String {
        let place = line == 0 ? file : "\(file):\(line):\(column)"
        return id.isEmpty ? "\(place): \(what)" : "\(place): \(id): \(what)"
    }
}
