/// Sections of standards that a lesson names, and whether there are such sections.
package enum ReferenceCheck {
    /// RFC 6455, from its table of contents.
    static let rfc6455: Set<String> = [
        "1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "2", "2.1", "3", "4", "4.1", "4.2",
        "4.2.1", "4.2.2", "4.3", "4.4", "5", "5.1", "5.2", "5.3", "5.4", "5.5", "5.5.1", "5.5.2", "5.5.3", "5.6",
        "5.7", "5.8", "6", "6.1", "6.2", "7", "7.1", "7.1.1", "7.1.2", "7.1.3", "7.1.4", "7.1.5", "7.1.6", "7.1.7",
        "7.2", "7.2.1", "7.2.2", "7.2.3", "7.3", "7.4", "7.4.1", "7.4.2", "8", "8.1", "9", "9.1", "9.2", "10", "10.1",
        "10.2", "10.3", "10.4", "10.5", "10.6", "10.7", "10.8", "11", "11.1", "11.1.1", "11.1.2", "11.2", "11.3",
        "11.3.1", "11.3.2", "11.3.3", "11.3.4", "11.3.5", "11.4", "11.5", "11.6", "11.7", "11.8", "12", "13", "14",
        "14.1", "14.2",
    ]

    /// What a text cites: `RFC 6455 §5.3`, `§5.3` (of RFC 6455), `RFC 7692 §7.2.1, §7.2.2`.
    static func cited(in text: String) -> [(source: String, section: String)] {
        var found: [(source: String, section: String)] = []
        for part in text.split(separator: "§", omittingEmptySubsequences: false).enumerated().dropFirst() {
            let section = part.element.prefix { $0.isNumber || $0 == "." }
            var number = String(section)
            while number.hasSuffix(".") { number.removeLast() }
            let before = text.split(separator: "§", omittingEmptySubsequences: false)[part.offset - 1]
            found.append((source(before, last: found.last?.source), number))
        }
        return found
    }

    /// The source named right before a section sign; without one RFC 6455, or in a list the one before.
    private static func source(_ before: Substring, last: String?) -> String {
        let words = before.split(whereSeparator: \.isWhitespace)
        let isList = [",", "and", "or", "to"].contains { String(before).trimmed.hasSuffix($0) } && words.count <= 2
        if isList, let last { return last }
        guard before.last?.isWhitespace == true, let number = words.last, words.count >= 2 else { return "RFC 6455" }
        let name = words[words.count - 2]
        if name.hasSuffix("RFC"), number.allSatisfy(\.isNumber) { return "RFC \(number)" }
        let two = "\(name) \(number)"
        if two.hasSuffix("WHATWG WebSockets") { return "WHATWG WebSockets" }
        if number.hasSuffix("HTML") { return "HTML" }
        return "RFC 6455"
    }

    /// Why there is no such section; nil where there is.
    static func fault(_ source: String, _ section: String, _ known: [String: [String]]) -> String? {
        if source == "RFC 6455" {
            return rfc6455.contains(section) ? nil : "RFC 6455 has no section \(section)"
        }
        guard let sections = known[source] else { return "\(source) is no source of quizzes/catalogue.yaml" }
        return sections.isEmpty || sections.contains(section)
            ? nil : "\(source) §\(section) is not among the sections that quizzes/catalogue.yaml lists"
    }
}
