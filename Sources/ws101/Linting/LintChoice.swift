import ArgumentParser
import Foundation
import Lint

/// Which rules are asked, with which settings, and what makes the command fail.
struct LintChoice: ParsableArguments {
    @Option(help: "Only these rules: codes, names, or letters of areas, with commas between; may be repeated.")
    var select: [String] = []

    @Option(help: "Without these rules, written as for --select.")
    var ignore: [String] = []

    @Flag(help: "With the rules for purists, too.")
    var pedantic = false

    @Option(help: "What stands before the server: \(IdleLimit.profiles.map(\.name).joined(separator: ", ")).")
    var profile: String?

    @Option(name: .customLong("fail-on"), help: "From when on the exit status is 1; by itself error.")
    var failOn: Configuration.FailOn?

    @Flag(name: .customLong("exit-zero"), help: "Exit status 0 whatever is found.")
    var exitZero = false

    @Option(name: .customLong("config"), help: "The configuration; by itself ws101.yml here or in a folder above.")
    var configurationFile: String?

    @Flag(name: .customLong("no-config"), help: "Without a configuration.")
    var withoutConfiguration = false

    @Option(help: "Findings that are listed in this file do not count.")
    var baseline: String?

    @Option(name: .customLong("write-baseline"), help: "List everything found in this file, to count only what is new.")
    var newBaseline: String?

    func validate() throws {
        guard configurationFile == nil || !withoutConfiguration else {
            throw ValidationError("--config and --no-config exclude each other.")
        }
        guard baseline == nil || newBaseline == nil else {
            throw ValidationError("--write-baseline reads the file that it writes; leave out --baseline.")
        }
    }

    func overrides() throws -> Configuration.Overrides {
        var overrides = Configuration.Overrides()
        overrides.selected = try LintChoice.rules(select)
        overrides.ignored = try LintChoice.rules(ignore)
        overrides.isPedantic = pedantic
        overrides.idleLimit = try profile.map(LintChoice.profile)
        return overrides
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

    private static func profile(_ name: String) throws -> IdleLimit {
        if let profile = IdleLimit.profiles.first(where: { $0.name == name }) { return profile }
        let names = IdleLimit.profiles.map(\.name)
        let hint = Closest.to(name, in: names).map { "; did you mean \($0)?" } ?? ""
        throw Failure(
            "there is no profile \(name)\(hint)",
            next: "profiles: \(names.joined(separator: ", ")); for any other, idle-limit: 75s in ws101.yml",
            status: Failure.wrongUse)
    }
}

extension Configuration.FailOn: ExpressibleByArgument {}
