/// A rule's page for machines. Keys without a value are left out.
package struct PageRecord: Encodable {
    private let code: String
    private let slug: String
    private let area: String?
    private let severity: String
    private let confidence: String
    private let ways: [String]
    private let pedantic: Bool
    private let lesson: Int
    private let says: String
    private let why: String
    private let evidence: String
    private let fix: String
    private let exceptions: String?
    private let thresholds: [ThresholdRecord]
    private let snippets: [SnippetRecord]
    private let examples: [ExampleRecord]
    private let references: [ReferenceRecord]

    private struct ThresholdRecord: Encodable {
        let name: String
        let value: String
        let meaning: String
    }

    private struct SnippetRecord: Encodable {
        let library: String
        let code: String
    }

    private struct ExampleRecord: Encodable {
        let kind: String
        let title: String
        let lines: [String]
    }

    private struct ReferenceRecord: Encodable {
        let text: String
        let url: String?
    }

    package init(_ page: RulePage) {
        code = page.code.rawValue
        slug = page.slug
        area = Area(rawValue: String(page.code.rawValue.prefix(1)))?.title
        severity = page.severity.rawValue
        confidence = page.confidence.rawValue
        ways = Way.allCases.filter { page.ways.contains($0) }.map(\.rawValue)
        pedantic = page.isPedantic
        lesson = page.lesson
        says = page.says
        why = page.why
        evidence = page.evidence
        fix = page.fix
        exceptions = page.exceptions.isEmpty ? nil : page.exceptions
        thresholds = page.thresholds.map { ThresholdRecord(name: $0.name, value: $0.value.words, meaning: $0.meaning) }
        snippets = page.snippets.map { SnippetRecord(library: $0.library.title, code: $0.code) }
        examples = page.examples.map { ExampleRecord(kind: $0.kind.rawValue, title: $0.title, lines: $0.lines) }
        references = page.references.map { ReferenceRecord(text: $0.text, url: $0.url) }
    }

    package static func text(_ page: RulePage) -> String { JSONText.encode(PageRecord(page), isPretty: true) + "\n" }

    package static func text(_ pages: [RulePage]) -> String {
        JSONText.encode(pages.map(PageRecord.init), isPretty: true) + "\n"
    }
}
