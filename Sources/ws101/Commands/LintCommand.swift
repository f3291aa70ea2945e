import ArgumentParser
import Foundation
import Lint

struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Say what is wrong: in a recording, on a running server, in source code.",
        discussion: """
            ws101 lint session.pcapng              traffic, recorded by ws101, tcpdump, tshark or Wireshark
            ws101 lint ws://127.0.0.1:8080/chat    a running server: opens connections to it, within a budget
            ws101 lint src/                        source code of servers, clients and proxies

            What a rule says, why, and how to mend it: ws101 explain L01

            Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use or configuration, 3 nothing to judge or
            not readable, 4 a program is missing that this needs, 130 interrupted.
            """)

    @Argument(help: "A recording (- for standard input), a URL, a folder, or a file of source code.")
    var target: String

    @Option(
        help:
            "\(LintFormat.allCases.map(\.rawValue).joined(separator: ", ")); by itself full on a terminal, else concise."
    )
    var format: LintFormat?

    @Option(help: "Write to this file instead of standard output.")
    var output: String?

    @Flag(help: "Also tell what passed, and what could not be judged and why.")
    var verdicts = false

    @OptionGroup var choice: LintChoice

    func run() async throws {
        Interruption.endsTheProgram()
        let settings = try choice.settings()
        let findings: Findings
        let way: Way
        switch try LintTarget(target) {
        case .recording(let path):
            way = .wire
            findings = try RecordingLint.run(on: path, named: target, settings)
        case .server, .source:
            throw Failure("only recordings yet", status: Failure.wrongUse)
        }
        var result = LintResult(
            of: target, way, findings, settings, failOn: choice.failure, version: Version.number)
        result.showsVerdicts = verdicts
        try write(result)
        if !result.failures.isEmpty, !choice.exitZero { throw ExitCode(Failure.failedCheck) }
    }

    private func write(_ result: LintResult) throws {
        let shape = TerminalShape.standardOutput
        let format = format ?? (shape.isTerminal && output == nil ? .full : .concise)
        guard let output else {
            return Output.write(Array(format.text(result, style: shape.style).utf8), to: STDOUT_FILENO)
        }
        let text = format.text(result, style: TextStyle())
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
            throw Failure("cannot write \(output): \(error.localizedDescription)")
        }
    }
}

extension LintFormat: ExpressibleByArgument {}
