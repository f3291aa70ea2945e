/// A document that somebody wrote: what YAML and its embedded form have in common.
package indirect enum Tree: Sendable {
    case scalar(String, Place)
    case list([Tree], Place)
    /// In the order of the file.
    case map([Entry], Place)

    package struct Entry: Sendable {
        package let key: String
        package let keyPlace: Place
        package let value: Tree
    }

    /// Where it stands, both from 1; 0 in what is embedded, which was checked before it was built in.
    package struct Place: Hashable, Sendable {
        package let line: Int
        package let column: Int

        package static let none = Place(line: 0, column: 0)
    }

    package var place: Place {
        switch self {
        case .scalar(_, let place), .list(_, let place), .map(_, let place): place
        }
    }
}

/// What is wrong in a file that somebody wrote, and where.
package struct ContentError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// From 1; 0 where the file as a whole is meant.
    package let line: Int
    package let column: Int
    /// Safe text.
    package let what: String

    package init(file: String, at place: Tree.Place, _ what: String) {
        self.file = file
        (line, column) = (place.line, place.column)
        self.what = what
    }

    package var description: String { line == 0 ? "\(file): \(what)" : "\(file):\(line):\(column): \(what)" }
}
