import ArgumentParser
import Transport

struct LabScale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale",
        abstract: "Several nodes, HAProxy and Redis: fan-out, a killed node, a drained one, a lost broker.",
        discussion: """
            Starts the real programs on free ports of 127.0.0.1, shows each act as it happens, and stops them again; \
            about half a minute.

            ws101 lab scale --plan              what a million connections need, from figures that are measured here
            ws101 lab scale --haproxy least --to 10.0.0.1:9001 --to 10.0.0.2:9001 > haproxy.cfg
            """)

    @Option(help: "Nodes, 2 to 8.")
    var nodes = 3

    @Flag(help: "Print one JSON object with every check at the end, instead of lines.")
    var json = false

    @Flag(help: "The plan on paper for a million connections, from what one costs here.")
    var plan = false

    @Option(help: "Connections that the plan measures with.")
    var connections = 1000

    @Option(
        name: .customLong("haproxy"),
        help:
            "Only print a configuration of HAProxy: \(HAProxyConfiguration.Balance.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var balance: HAProxyConfiguration.Balance?

    @Option(name: .customLong("to"), help: "A node in that configuration, HOST:PORT; one for each.")
    var addresses: [HostPort] = []

    @Option(help: "Where HAProxy listens in that configuration.")
    var listen = HostPort(host: "127.0.0.1", port: 8000)

    func validate() throws {
        guard (2...8).contains(nodes) else { throw ValidationError("--nodes is within 2…8.") }
        guard (100...20_000).contains(connections) else { throw ValidationError("--connections is within 100…20000.") }
        guard balance != nil || addresses.isEmpty else { throw ValidationError("--to belongs to --haproxy.") }
        guard balance == nil || !addresses.isEmpty else {
            throw ValidationError("--haproxy needs nodes: --to HOST:PORT.")
        }
    }

    func run() async throws {
        if let balance { return printConfiguration(balance) }
        if plan { return try await printPlan() }
        let stage = LabStage("scale", isSilent: json)
        let lab = ScaleLab(stage: stage, nodeCount: nodes)
        try await LabTools.interruptibly { try await lab.run() }
        let report = stage.result
        if json {
            Output.answer(try LabJSON.text(report))
        } else {
            let checks = report.acts.flatMap(\.checks)
            Output.answer("\n\(checks.count { $0.passed }) of \(checks.count) checks hold.")
        }
        if !report.passed { throw ExitCode(Failure.failedCheck) }
    }

    private func printConfiguration(_ balance: HAProxyConfiguration.Balance) {
        let nodes = addresses.enumerated().map { HAProxyConfiguration.Node(name: "node-\($0 + 1)", address: $1) }
        let configuration = HAProxyConfiguration(listen: listen, nodes: nodes, balance: balance)
        Output.answer(String(configuration.text.dropLast()))
    }

    private func printPlan() async throws {
        let count = connections
        let cost = try await LabTools.interruptibly { try await ConnectionCost.measure(connections: count) }
        let plan = MillionPlan(cost)
        Output.answer(json ? try LabJSON.text(plan.figures) : plan.text)
    }
}

extension HAProxyConfiguration.Balance: ExpressibleByArgument {}
