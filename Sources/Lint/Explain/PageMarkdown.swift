import Wire

/// A rule's page in Markdown.
package struct PageMarkdown {
    private let page: RulePage

    package init(_ page: RulePage) { self.page = page }

    package var text: String {
        let ways = Way.allCases.filter { page.ways.contains($0) }.map(\.title).joined(separator: ", ")
        let parts = [
            "# \(page.code) \(page.slug)",
            "\(page.severity.rawValue), confidence \(page.confidence.rawValue); found \(ways); lesson \(page.lesson)",
            page.says, "## Why", page.why, "## Evidence", page.evidence, thresholds, "## Fix", page.fix, snippets,
            page.exceptions.isEmpty ? "" : "## Exceptions\n\n\(page.exceptions)", examples, "## References", references,
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private var thresholds: String {
        guard !page.thresholds.isEmpty else { return "" }
        let rows = page.thresholds.map { "| `\($0.name)` | \($0.value.words) | \($0.meaning) |" }
        return (["| threshold | default | meaning |", "|---|---|---|"] + rows).joined(separator: "\n")
    }

    private var snippets: String {
        page.snippets.map { "\($0.library.title):\n\n```\($0.library.language)\n\($0.code)\n```" }.joined(
            separator: "\n\n")
    }

    private var examples: String {
        guard !page.examples.isEmpty else { return "" }
        let all = page.examples.map { example in
            "\(example.kind.rawValue): \(example.title)\n\n```\n\(example.lines.joined(separator: "\n"))\n```"
        }
        return "## Examples\n\n" + all.joined(separator: "\n\n")
    }

    private var references: String {
        page.references.map { reference in
            reference.url.map { "- [\(reference.text)](\($0))" } ?? "- \(reference.text)"
        }.joined(separator: "\n")
    }
}

extension Snippet.Library {
    /// What follows the fence of a block of code.
    fileprivate var language: String {
        switch self {
        case .ws, .browser: "js"
        case .websockets: "python"
        case .gorilla: "go"
        case .nio: "swift"
        case .nginx: "nginx"
        }
    }
}
