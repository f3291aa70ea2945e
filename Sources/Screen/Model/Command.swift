/// What can be typed after a colon.
enum Command: Hashable, Sendable {
    case quit, help
    case filter(String)
    case goTo(UInt64)
    case connection(UInt32)

    /// Why a line is no command.
    struct Fault: Error, Hashable {
        let text: String
    }

    static let usage: [(line: String, description: String)] = [
        (":filter EXPR", "show the rows that match; without EXPR all of them"),
        (":goto N", "select frame N of the connection"),
        (":connection N", "show connection N; 0 is all of them"),
        (":help", "this list"),
        (":q", "quit"),
    ]

    static func parse(_ line: String) throws(Fault) -> Command {
        let words = line.split(separator: " ", maxSplits: 1)
        let argument = words.count > 1 ? words[1].trimmed : ""
        switch words.first.map(String.init) ?? "" {
        case "q", "quit", "q!", "wq", "x": return .quit
        case "help", "h": return .help
        case "filter", "f": return .filter(argument)
        case "goto", "g": return .goTo(try number(argument, "goto N: the number of a frame"))
        case "connection", "c": return .connection(try number(argument, "connection N: the number of a connection"))
        case "": throw Fault(text: "type a command: filter, goto, connection, help, q")
        case let word:
            // A bare number goes there, as in vi.
            if let number = UInt64(word) { return .goTo(number) }
            throw Fault(text: "no command “\(word)”: there are filter, goto, connection, help, q")
        }
    }

    private static func number<Value: FixedWidthInteger>(_ text: String, _ usage: String) throws(Fault) -> Value {
        guard let value = Value(text.hasPrefix("#") ? String(text.dropFirst()) : text) else {
            throw Fault(text: usage)
        }
        return value
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let start = firstIndex { $0 != " " } ?? endIndex
        let end = lastIndex { $0 != " " }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }
}
