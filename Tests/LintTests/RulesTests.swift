import Foundation
import Lint
import Testing

/// Every rule is listed, has a page worth reading, and does to its own examples what it says.
struct RulesTests {
    /// An example of traffic with the rule it is about.
    struct Case: CustomTestStringConvertible, Sendable {
        let rule: RulePage
        let example: Example
        let scene: Scene
        var testDescription: String { "\(rule.code) \(example.kind.rawValue): \(example.title)" }
    }

    static let cases: [Case] = AllRules.list.flatMap { rule in
        rule.page.examples.compactMap { example -> Case? in
            guard case .traffic(let scene) = example.matter else { return nil }
            return Case(rule: rule.page, example: example, scene: scene)
        }
    }

    static let pages: [RulePage] = AllRules.list.map { $0.page }
    static let codes: [RuleCode] = pages.map(\.code)
    static let wireCodes: [RuleCode] = pages.filter { $0.ways.contains(.wire) }.map(\.code)

    @Test(arguments: cases)
    func examplesAreJudgedAsTheySay(_ item: Case) throws {
        var settings = item.example.settings
        settings.isPedantic = true
        let findings = item.scene.linted(settings)
        let own = findings.all.filter { $0.rule == item.rule.code }
        let tally = findings.tallies[item.rule.code] ?? Findings.Tally()
        let others = findings.all.filter { $0.rule != item.rule.code && $0.severity > .note }
        #expect(others.map { "\($0.rule) \($0.message)" } == [], "an example is about its own rule alone")
        switch item.example.kind {
        case .violates: #expect(!own.isEmpty)
        case .complies:
            #expect(own.map(\.message) == [])
            #expect(tally.passed > 0, "\(tally)")
        case .tooLittle:
            #expect(own.map(\.message) == [])
            #expect(tally.passed == 0 && tally.failed == 0, "\(tally)")
        }
    }

    @Test(arguments: wireCodes)
    func wireRulesHaveExamplesOfEachKind(_ code: RuleCode) throws {
        let kinds = Self.cases.filter { $0.rule.code == code }.map(\.example.kind)
        #expect(Set(kinds) == Set(Example.Kind.allCases))
    }

    @Test func listHasEveryFileOfTheFolder() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/Lint/Rules").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0 != "AllRules.swift" }.map { String($0.dropLast(6)) }.sorted()
        let listed = AllRules.list.map { "\($0.page.code)\($0)" }.sorted()
        #expect(files == listed)
        #expect(AllRules.list.map { $0.page.code } == AllRules.list.map { $0.page.code }.sorted())
        #expect(Set(Self.pages.map(\.slug)).count == Self.pages.count)
    }

    @Test(arguments: codes)
    func pagesAreComplete(_ code: RuleCode) throws {
        let page = try #require(AllRules.rule(code)).page
        for text in [page.says, page.why, page.evidence, page.fix] {
            #expect(text.count > 20 && text.hasSuffix(".") || text.hasSuffix("?"), "\(text)")
        }
        #expect(!page.references.isEmpty && (1...12).contains(page.lesson))
        for threshold in page.thresholds {
            #expect(page.evidence.contains("`\(threshold.name)`"), "\(threshold.name) is not explained")
        }
    }
}
