/// The text of RFC 6455 by its sections, to look up quotations.
package struct RFCText: Sendable {
    /// Each on one line, without page breaks.
    private let sections: [String: String]

    /// - Parameter text: As the RFC Editor publishes it.
    package init(_ text: String) {
        var sections: [String: [String]] = [:]
        var current: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = line.filter { $0 != "\u{c}" && $0 != "\r" }
            if line.contains("[Page ") || line.hasPrefix("RFC 6455 ") && line.contains("December 2011") { continue }
            if let number = RFCText.heading(line) {
                current = number
                sections[number] = []
            } else if let current, !line.allSatisfy(\.isWhitespace) {
                sections[current, default: []].append(line.trimmed)
            }
        }
        self.sections = sections.mapValues { RFCText.squeeze($0.joined(separator: " ")) }
    }

    /// "4.2.1.  Reading the …" begins a section.
    private static func heading(_ line: String) -> String? {
        guard let first = line.split(separator: " ").first, line.first?.isNumber == true, first.hasSuffix("."),
            line.dropFirst(first.count).contains(where: { !$0.isWhitespace })
        else { return nil }
        let number = first.dropLast()
        return number.allSatisfy({ $0.isNumber || $0 == "." }) ? String(number) : nil
    }

    /// One blank for any white space, and none behind a hyphen at the end of a line.
    static func squeeze(_ text: String) -> String {
        var squeezed = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            if !squeezed.isEmpty, squeezed.last != "-" { squeezed += " " }
            squeezed += word
        }
        return squeezed
    }

    /// nil where there is no such section.
    func says(_ words: String, section: String) -> Bool? {
        sections[section].map { $0.contains(RFCText.squeeze(words)) }
    }

    /// The sections there are, §1 to §14.
    package static let numbers: Set<String> = [
        "1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "2", "2.1", "3", "4", "4.1", "4.2", "4.2.1",
        "4.2.2", "4.3", "4.4", "5", "5.1", "5.2", "5.3", "5.4", "5.5", "5.5.1", "5.5.2", "5.5.3", "5.6", "5.7", "5.8",
        "6", "6.1", "6.2", "7", "7.1", "7.1.1", "7.1.2", "7.1.3", "7.1.4", "7.1.5", "7.1.6", "7.1.7", "7.2", "7.2.1",
        "7.2.2", "7.2.3", "7.3", "7.4", "7.4.1", "7.4.2", "8", "8.1", "9", "9.1", "9.2", "10", "10.1", "10.2", "10.3",
        "10.4", "10.5", "10.6", "10.7", "10.8", "11", "11.1", "11.1.1", "11.1.2", "11.2", "11.3", "11.3.1", "11.3.2",
        "11.3.3", "11.3.4", "11.3.5", "11.4", "11.5", "11.6", "11.7", "11.8", "12", "13", "14", "14.1", "14.2",
    ]
}
