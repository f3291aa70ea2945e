import Foundation

/// Lines to and from a person, or a program in a person's place.
struct LineTalk {
    /// - Returns: nil at the end of the input.
    func ask(_ prompt: String) -> String? {
        Output.write(Array(prompt.utf8), to: STDOUT_FILENO)
        let line = readLine(strippingNewline: true)
        // Where nobody types there is no line break of theirs.
        if line == nil || isatty(STDIN_FILENO) == 0 { Output.write([0x0a], to: STDOUT_FILENO) }
        return line
    }

    func say(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        Output.answer(lines.map { String($0.trimmedAtEnd) }.joined(separator: "\n"))
    }

    /// Lines up to an empty one, or the end of the input.
    func askText(_ prompt: String) -> String? {
        guard let first = ask(prompt) else { return nil }
        var lines = [first]
        while let line = lines.last, !line.allSatisfy(\.isWhitespace) {
            guard let next = readLine(strippingNewline: true) else { break }
            lines.append(next)
        }
        return lines.filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
    }
}

extension String {
    fileprivate var trimmedAtEnd: Substring {
        self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)]
    }
}
