import Foundation
import Lint
import Testing

/// Every page reads well on any terminal.
struct PageTests {
    @Test(arguments: RulesTests.codes)
    func aPageHasItsSections(_ code: RuleCode) throws {
        let page = try #require(AllRules.rule(code)).page
        let text = PageText(page, style: TextStyle(width: 80)).text
        for section in ["\nWhy\n", "\nEvidence\n", "\nFix\n", "\nReferences\n", "\nSet it\n"] {
            #expect(text.contains(section))
        }
        #expect(text.hasPrefix("\(page.code) \(page.slug)  \(page.severity.rawValue), confidence"))
        #expect(!text.contains("\u{1b}"))
        for threshold in page.thresholds { #expect(text.contains("    \(threshold.name) ")) }
        for example in page.examples { #expect(text.contains(example.kind.rawValue + ": ")) }
    }

    /// Code and addresses are not broken; everything else is.
    @Test(arguments: RulesTests.codes)
    func proseFitsTheTerminal(_ code: RuleCode) throws {
        let page = try #require(AllRules.rule(code)).page
        let text = PageText(page, style: TextStyle(width: 60)).text
        let prose = text.split(separator: "\n").filter { !$0.hasPrefix("      ") && !$0.contains("http") }
        let configuration = prose.filter {
            !$0.hasPrefix("  ws101.yml") && !$0.contains("lesson") && !$0.contains("confidence")
        }
        for line in configuration { #expect(line.count <= 60, "\(line)") }
    }

    @Test(arguments: RulesTests.codes)
    func markdownAndJSONTellTheSame(_ code: RuleCode) throws {
        let page = try #require(AllRules.rule(code)).page
        #expect(PageMarkdown(page).text.hasPrefix("# \(page.code) \(page.slug)\n"))
        let json = try JSONSerialization.jsonObject(with: Data(PageRecord.text(page).utf8))
        let record = try #require(json as? [String: Any])
        #expect(record["code"] as? String == page.code.rawValue && record["why"] as? String == page.why)
    }

    @Test(arguments: [60, 80, 120])
    func theTableHasEveryRule(_ width: Int) {
        let table = RuleTable(style: TextStyle(width: width)).text
        for page in RulesTests.pages { #expect(table.contains("  \(page.code) \(page.slug)")) }
        for line in table.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    }

    @Test func aLongPlayIsCutInItsMiddle() throws {
        let long = try #require(
            RulesTests.pages.first { page in
                page.examples.contains {
                    if case .traffic(let scene) = $0.matter { scene.steps.count > 16 } else { false }
                }
            })
        #expect(PageText(long, style: TextStyle()).text.contains(" more steps …\n"))
    }
}
