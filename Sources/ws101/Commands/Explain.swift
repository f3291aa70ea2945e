import ArgumentParser
import Foundation
import Lint

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain a rule of the lint: what it says, why, its evidence, how to mend it.",
        discussion: """
            ws101 explain                 all rules: t found in traffic, p by the probe, s in source
            ws101 explain L01             one of them, by its code
            ws101 explain no-heartbeat    or by its name

            Needs no network. On a terminal through $PAGER, if it does not fit.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, markdown, json
    }

    @Argument(help: "A rule's code or name; left out, all rules are listed.")
    var rule: String?

    @Option(help: "text, markdown or json.")
    var format: Format = .text

    func run() throws {
        let shape = TerminalShape.standardOutput
        guard let rule else { return Pager.show(Explain.list(format, shape.style), on: shape) }
        let page: RulePage
        do {
            page = try RuleName.page(rule)
        } catch {
            throw Failure("\(error)", next: "ws101 explain lists all rules.", status: Failure.wrongUse)
        }
        Pager.show(Explain.page(page, format, shape.style), on: shape)
    }

    private static func page(_ page: RulePage, _ format: Format, _ style: TextStyle) -> String {
        switch format {
        case .text: PageText(page, style: style).text
        case .markdown: PageMarkdown(page).text
        case .json: PageRecord.text(page)
        }
    }

    private static func list(_ format: Format, _ style: TextStyle) -> String {
        let pages = AllRules.list.map { $0.page }
        return switch format {
        case .text: RuleTable(style: style).text
        case .markdown: pages.map { PageMarkdown($0).text }.joined(separator: "\n")
        case .json: PageRecord.text(pages)
        }
    }
}
