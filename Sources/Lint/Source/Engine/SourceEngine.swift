/// A program that finds patterns in the syntax of source code. Which one is nobody's business but its own file's.
package protocol SourceEngine: Sendable {
    /// As people call it: "ast-grep".
    var name: String { get }
    var version: String { get }

    /// Searches files of one language.
    ///
    /// - Parameters:
    ///   - patterns: What to look for, in the engine's own notation.
    ///   - files: Absolute paths.
    func run(_ patterns: String, on files: [String]) throws(SourceEngineError) -> [SourceMatch]
}

/// A place in a file that fits a pattern.
package struct SourceMatch: Hashable, Sendable {
    /// What a wildcard of the pattern stood for.
    package struct Variable: Hashable, Sendable {
        package let text: String
        package let bytes: Range<Int>

        package init(text: String, bytes: Range<Int>) {
            self.text = text
            self.bytes = bytes
        }
    }

    /// The name of the pattern.
    package let pattern: String
    /// As it was given to the engine.
    package let file: String
    package let bytes: Range<Int>
    package let text: String
    /// What the pattern says of it, its wildcards filled in.
    package let message: String
    /// By name; a wildcard for several nodes has each of them.
    package let variables: [String: [Variable]]

    package init(
        pattern: String, file: String, bytes: Range<Int>, text: String, message: String = "",
        variables: [String: [Variable]] = [:]
    ) {
        self.pattern = pattern
        self.file = file
        self.bytes = bytes
        self.text = text
        self.message = message
        self.variables = variables
    }

    /// What the wildcard stood for, where it was one node.
    package subscript(name: String) -> Variable? { variables[name]?.first }
}

/// Why there are no matches.
package enum SourceEngineError: Error, Hashable, CustomStringConvertible {
    /// Nothing at this path, or nothing on the search path.
    case missing(String?)
    /// There is something, but it is not the engine: what it answered when asked for its version.
    case notTheEngine(path: String, answer: String)
    /// It ended badly: what it said.
    case failed(String)
    /// It did not end in time.
    case tooSlow(Duration)

    /// What it takes to have an engine.
    package static let advice = "pip install ast-grep-cli"

    package var description: String {
        switch self {
        case .missing(nil): "source code is searched with ast-grep, which is not installed: \(Self.advice)"
        case .missing(let path?): "there is no program at \(path); ast-grep comes with: \(Self.advice)"
        case .notTheEngine(let path, let answer):
            "\(path) is not ast-grep, it answers \"\(answer)\"; ast-grep comes with: \(Self.advice)"
        case .failed(let words): "ast-grep failed: \(words)"
        case .tooSlow(let limit): "ast-grep did not finish within \(limit.components.seconds) s"
        }
    }
}
