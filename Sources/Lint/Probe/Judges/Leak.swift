/// Something in a server's words that it should keep to itself: a stack trace, a path of its files, an SQL error.
package struct Leak: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case trace = "a stack trace"
        case query = "an SQL error"
        case path = "a path of its files"
    }

    package let kind: Kind
    /// Where it stood: "a message".
    package let place: String
    /// The line that shows it; safe text, cut.
    package let excerpt: String

    /// - Returns: Nil for words that tell nothing.
    init?(_ text: String, in place: String) {
        for kind in Kind.allCases {
            guard let mark = kind.marks.lazy.compactMap({ text.firstRange(of: $0) }).first else { continue }
            let start = text[..<mark.lowerBound].lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex
            self.kind = kind
            self.place = place
            excerpt = Transcript.cut(String(text[start...].prefix { $0 != "\n" }))
            return
        }
        return nil
    }
}

extension Leak.Kind {
    fileprivate var marks: [String] {
        switch self {
        case .trace:
            [
                "Traceback (most recent call last)", "\n    at ", "\\n    at ", "goroutine 1 [", "panic: ",
                "Exception in thread", "node:internal/", "Fatal error: ",
            ]
        case .query: ["SQLSTATE", "syntax error at or near", "ORA-0", "SQLITE_ERROR", "You have an error in your SQL"]
        case .path:
            ["/node_modules/", "/home/", "/usr/lib/", "/usr/local/", "/var/www/", "/site-packages/", "C:\\Users\\"]
        }
    }
}
