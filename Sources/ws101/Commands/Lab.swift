import ArgumentParser
import Foundation

/// `ws101 lab`: experiments that run by themselves; alone it lists them.
struct Lab: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Experiments on real connections: scaling, reconnecting, and what one would use instead.",
        discussion: """
            Everything runs on free ports of this machine and is gone when the lab ends. Exit status 1 when something did \
            not come out as it should, 4 when a program is missing that the lab needs.
            """,
        subcommands: [LabScale.self, LabCompare.self, LabStorm.self])

    func run() {
        let labs = Lab.configuration.subcommands.map { ($0._commandName, $0.configuration.abstract) }
        let width = labs.map { $0.0.count }.max() ?? 0
        let lines = labs.map { name, abstract in
            "  ws101 lab \(name.padding(toLength: width, withPad: " ", startingAt: 0))  \(abstract)"
        }
        Output.answer((["Labs:"] + lines + ["", "ws101 lab NAME --help tells more."]).joined(separator: "\n"))
    }
}
