import Wire

/// A rule's page for a terminal.
package struct PageText {
    private let page: RulePage
    private let style: TextStyle

    package init(_ page: RulePage, style: TextStyle) {
        self.page = page
        self.style = style
    }

    package var text: String {
        let parts = [
            title, says, section("Why", paragraph(page.why)), section("Evidence", evidence),
            section("Fix", paragraph(page.fix) + snippets),
            page.exceptions.isEmpty ? [] : section("Exceptions", paragraph(page.exceptions)),
            examples.isEmpty ? [] : section("Examples", examples), section("References", references),
            section("Set it", settings),
        ]
        return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var title: [String] {
        let ways = Way.allCases.filter { page.ways.contains($0) }.map(\.title).joined(separator: ", ")
        return [
            style.paint("\(page.code) \(page.slug)", .bold) + "  " + style.paint(page.severity)
                + ", confidence \(page.confidence.rawValue)" + (page.isPedantic ? ", pedantic" : ""),
            style.paint("found \(ways); lesson \(page.lesson)", .dim),
        ]
    }

    private var says: [String] { page.says.wrapped(to: style.width) }

    private func section(_ name: String, _ lines: [String]) -> [String] { [style.paint(name, .bold)] + lines }

    private func paragraph(_ text: String, indent: Int = 2) -> [String] {
        text.wrapped(to: max(40, style.width - indent)).map { String(repeating: " ", count: indent) + $0 }
    }

    private var evidence: [String] {
        let rows = page.thresholds.map { ($0.name, $0.value.words, $0.meaning) }
        let names = rows.map(\.0.count).max() ?? 0
        let values = rows.map(\.1.count).max() ?? 0
        let table = rows.flatMap { name, value, meaning in
            let front = "    \(name.padded(to: names))  \(value.padded(to: values))  "
            let lines = meaning.wrapped(to: max(30, style.width - front.count))
            return lines.enumerated().map { index, line in
                (index == 0 ? front : String(repeating: " ", count: front.count)) + line
            }
        }
        return paragraph(page.evidence) + (table.isEmpty ? [] : [""] + table)
    }

    private var snippets: [String] {
        page.snippets.flatMap { snippet in
            ["", "  \(snippet.library.title)"]
                + snippet.code.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? "" : "      \($0)" }
        }
    }

    private var examples: [String] {
        Array(
            page.examples.map { example in
                let sign = example.kind.rawValue + ": " + example.title
                return paragraph(sign) + example.lines.map { $0.isEmpty ? "" : "      \($0)" }
            }.joined(separator: [""]))
    }

    private var references: [String] {
        let width = page.references.map { $0.text.displayWidth }.max() ?? 0
        return page.references.map { reference in
            guard let url = reference.url else { return "  \(reference.text)" }
            return "  \(reference.text.padded(to: width))  \(url)"
        }
    }

    private var settings: [String] {
        let first = page.thresholds.first.map { "\($0.name): \($0.value.words), " } ?? ""
        return [
            "  ws101.yml     rules: { \(page.code): { \(first)severity: \(page.severity.rawValue) } }",
            "  not at all    ws101 lint --ignore \(page.code) …",
        ]
    }
}

extension Example {
    private static let limit = 16

    /// What happens, a line a step; of a long play its beginning and its end.
    var lines: [String] {
        switch matter {
        case .traffic(let scene):
            let numbered = Set(scene.steps.map(\.connection)).count > 1
            let all = scene.steps.map { (numbered ? "#\($0.connection) " : "") + $0.caption }
            guard all.count > Example.limit else { return all }
            let (head, tail) = (Example.limit / 2 + 2, Example.limit / 2 - 3)
            return all.prefix(head) + ["… \(all.count - head - tail) more steps …"] + all.suffix(tail)
        case .source(let name, let text):
            return ["\(name):"] + text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        }
    }
}
