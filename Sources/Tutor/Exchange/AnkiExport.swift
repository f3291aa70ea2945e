import Lint

/// Notes for Anki: tab-separated text with the header lines that Anki reads since 2.1.54. The first column is the note's
/// identity, so that a second import changes the notes and keeps their schedule.
package enum AnkiExport {
    package static func text(_ topics: [QuizTopic]) -> String {
        let head = [
            "#separator:Tab", "#html:true", "#notetype:Basic", "#deck:WebSockets", "#columns:ID\tFront\tBack\tTags",
            "#guid column:1", "#tags column:4",
        ]
        let notes = topics.flatMap { topic in topic.items.map { note($0, topic.name) } }
        return (head + notes).joined(separator: "\n") + "\n"
    }

    private static func note(_ item: QuizItem, _ topic: String) -> String {
        let text = ItemText(item: item)
        var front = [XMLText.escape(item.question), "<i>\(XMLText.escape(text.task))</i>"]
        for block in [item.context, item.bytes].compactMap({ $0 }) { front.insert(pre(block), at: 0) }
        if case .fill(let fill) = item.body { front.append(XMLText.escape(FillText.filling(fill.text) { "[\($0)]" })) }
        if !text.rows.isEmpty {
            front.append("<ul>\(text.rows.map { "<li>\(XMLText.escape($0))</li>" }.joined())</ul>")
        }
        let answers = text.answers.map { answer, why in
            "<li>\(XMLText.escape(answer))\(why.isEmpty ? "" : "<br><small>\(XMLText.escape(why))</small>")</li>"
        }
        let sources = XMLText.escape(item.references.joined(separator: ", "))
        let back = ["<ul>\(answers.joined())</ul>", XMLText.escape(item.explanation), "<small>\(sources)</small>"]
        let tags =
            ["ws101", "topic::\(topic)"] + item.concepts.map { "concept::\($0)" }
            + (item.lesson.map { ["lesson::\($0)"] } ?? [])
        return [
            "ws101-\(item.id)", front.joined(separator: "<br>"), back.joined(separator: "<br>"),
            tags.joined(separator: " "),
        ]
        .map(field).joined(separator: "\t")
    }

    private static func pre(_ text: String) -> String {
        "<pre>\(XMLText.escape(text).replacing("\n", with: "<br>"))</pre>"
    }

    /// In quotes where a quote, a tab or a line break is in it.
    private static func field(_ text: String) -> String {
        guard text.contains(where: { $0 == "\"" || $0 == "\t" || $0.isNewline }) || text.hasPrefix("#") else {
            return text
        }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
