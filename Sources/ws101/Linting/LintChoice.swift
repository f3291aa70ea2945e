import ArgumentParser
import Foundation
import Lint

/// Which rules are asked, and what makes the command fail.
struct LintChoice: ParsableArguments {
    @Option(help: "Only these rules: codes, names, or letters of areas, with commas between; may be repeated.")
    var select: [String] = []

    @Option(help: "Without these rules, written as for --select.")
    var ignore: [String] = []

    @Flag(help: "With the rules for purists, too.")
    var pedantic = false

    @Option(name: .customLong("fail-on"), help: "error, warning, note or never: from when on the exit status is 1.")
    var failOn: FailOn?

    @Flag(name: .customLong("exit-zero"), help: "Exit status 0 whatever is found.")
    var exitZero = false

    enum FailOn: String, CaseIterable, ExpressibleByArgument {
        case error, warning, note, never
    }

    /// nil: nothing makes it fail.
    var failure: Severity? { Severity(rawValue: (failOn ?? .error).rawValue) }

    func settings() throws -> LintSettings {
        var settings = LintSettings()
        settings.selected = try LintChoice.rules(select)
        settings.ignored = try LintChoice.rules(ignore)
        settings.isPedantic = pedantic
        return settings
    }

    private static func rules(_ lists: [String]) throws -> Set<RuleCode> {
        var codes: Set<RuleCode> = []
        for name in lists.flatMap({ $0.split(separator: ",") }) {
            codes.formUnion(try asked(name.trimmingCharacters(in: .whitespaces)))
        }
        return codes
    }

    private static func asked(_ name: String) throws -> Set<RuleCode> {
        do {
            return try RuleName.codes(name)
        } catch {
            throw Failure("\(error)", next: "ws101 explain lists all rules.", status: Failure.wrongUse)
        }
    }
}
