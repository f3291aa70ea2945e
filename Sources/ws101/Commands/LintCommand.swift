import ArgumentParser
import Connection
import Foundation
import Lint
import Transport
import Wire

struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Say what is wrong: in a recording, on a running server, in source code.",
        discussion: """
            ws101 lint session.pcapng         a recording of ws101, tcpdump or Wireshark
            ws101 lint ws://127.0.0.1:8080/   a running server, probed within a budget
            ws101 lint src/                   source code of servers, clients, proxies

            What a rule says, why, and how to mend it: ws101 explain L01

            Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use or
            configuration, 3 not readable or nothing to judge, 4 a program is missing that
            this needs, 130 interrupted.
            """)

    @Argument(help: "A recording (- for standard input), a URL, a folder, or a file of source code.")
    var target: String

    @Option(help: "How to write it; by itself full on a terminal, else concise.")
    var format: LintFormat?

    @Option(help: "Write to this file instead of standard output.")
    var output: String?

    @Flag(help: "Also tell what passed, and what could not be judged and why.")
    var verdicts = false

    @OptionGroup var choice: LintChoice

    @OptionGroup var probe: ProbeChoice

    @OptionGroup var trust: TrustOptions

    func run() async throws {
        Interruption.endsTheProgram()
        let target = try LintTarget(self.target)
        let configuration = try ConfigurationFile.of(choice, for: target)
        let settings = configuration.content.settings(try choice.overrides())
        var findings = try await judge(target, settings)
        guard findings.judged > 0 else { throw Failure("\(name): nothing could be judged") }
        try suppress(&findings, configuration, settings)
        let failOn = choice.failOn ?? configuration.content.failOn ?? .error
        var result = LintResult(
            of: name, target.way, findings, settings, failOn: failOn.severity, version: Version.number)
        result.showsVerdicts = verdicts
        result.exitsZero = choice.exitZero
        try write(result)
        if result.status != 0 { throw ExitCode(result.status) }
    }

    /// What is linted, for people.
    private var name: String { target == "-" ? "stdin" : SafeText.escape(target) }

    private func judge(_ target: LintTarget, _ settings: LintSettings) async throws -> Findings {
        switch target {
        case .recording(let path): return try RecordingLint.run(on: path, named: name, settings)
        case .server(let url):
            let run = ProbeRun(url: url, options: try probe.options, trust: trust.tls)
            return try await run.run(settings) { Output.diagnostic($0) }
        case .source(let path): return try SourceFiles.lint(path, settings)
        }
    }

    private func suppress(
        _ findings: inout Findings, _ configuration: ConfigurationFile, _ settings: LintSettings
    ) throws {
        let listed = configuration.content.baseline.map(configuration.resolve)
        var baseline = try (choice.baseline ?? (choice.newBaseline == nil ? listed : nil)).map {
            try BaselineFile.read($0)
        }
        if let file = choice.newBaseline {
            let old = try BaselineFile.read(file, mayBeMissing: true)
            var judged = findings
            Suppressions(configuration.content.suppressions, in: configuration.path, nil).apply(to: &judged, settings)
            let new = old.updated(with: judged, today: Clock.now().date)
            try BaselineFile.write(new, to: file)
            Output.diagnostic("ws101: \(Words.count(new.entries.count, "finding")) in \(file)")
            baseline = new
        }
        Suppressions(configuration.content.suppressions, in: configuration.path, baseline)
            .apply(to: &findings, settings)
    }

    private func write(_ result: LintResult) throws {
        let shape = TerminalShape.standardOutput
        let format = format ?? (shape.isTerminal && output == nil ? .full : .concise)
        if let output { return try WholeFile.write(format.text(result, style: TextStyle()), to: output) }
        Output.write(Array(format.text(result, style: shape.style).utf8), to: STDOUT_FILENO)
    }
}

extension LintFormat: ExpressibleByArgument {}
