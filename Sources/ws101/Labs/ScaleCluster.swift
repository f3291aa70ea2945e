import Foundation
import Transport

/// Nodes, a balancer and a broker on free ports of loopback: the real programs.
final class ScaleCluster {
    struct Node {
        let name: String
        let port: Int
        var program: LabProgram
    }

    /// The programs that are needed, found before anything is started.
    struct Programs {
        let itself: String
        let haproxy: String
        let redis: String

        init() throws {
            redis = try LabTools.program("redis-server", package: "redis-server", purpose: "the broker between nodes")
            haproxy = try LabTools.program("haproxy", package: "haproxy", purpose: "the load balancer")
            itself = try LabTools.itself()
        }
    }

    private let programs: Programs
    private let folder: String
    private(set) var nodes: [Node] = []
    private(set) var redis: LabProgram?
    private var balancers: [LabProgram] = []
    let redisPort: Int

    init(_ programs: Programs, in folder: String) throws {
        self.programs = programs
        self.folder = folder
        redisPort = try LabTools.freePort()
    }

    // MARK: Nodes

    /// Starts so many nodes, `node-1` and so on.
    func startNodes(_ count: Int, hasBroker: Bool) async throws {
        for number in 1...count { nodes.append(try await start("node-\(number)", port: 0, hasBroker)) }
    }

    /// Starts a node again that is gone, at its old address.
    func restart(_ name: String, hasBroker: Bool) async throws {
        guard let index = nodes.firstIndex(where: { $0.name == name }) else { return }
        nodes[index] = try await start(name, port: nodes[index].port, hasBroker)
    }

    private func start(_ name: String, port: Int, _ hasBroker: Bool) async throws -> Node {
        var arguments = [
            "serve", "--listen", "127.0.0.1:\(port)", "--node", name, "--drain", "1", "--ping-interval", "5",
        ]
        if hasBroker { arguments += ["--broker", "redis://127.0.0.1:\(redisPort)"] }
        let program = try LabProgram(name, programs.itself, arguments)
        do {
            let line = try await program.line(with: "serving ws://127.0.0.1:")
            let digits = line.drop { $0 != ":" }.dropFirst().drop { $0 != ":" }.dropFirst().prefix { $0.isNumber }
            guard let port = Int(digits) else { throw Failure("\(name) did not say its port: \(line)") }
            return Node(name: name, port: port, program: program)
        } catch {
            program.send(SIGKILL)
            throw error
        }
    }

    func node(_ name: String?) -> Node? { nodes.first { $0.name == name } }

    func stopNodes() async {
        for node in nodes {
            node.program.send(SIGKILL)
            await node.program.ended()
        }
        nodes = []
    }

    // MARK: Balancers

    /// Puts HAProxy in front of the nodes.
    /// - Returns: Its address.
    func startBalancer(_ balance: HAProxyConfiguration.Balance) async throws -> HostPort {
        let address = HostPort(host: "127.0.0.1", port: try LabTools.freePort())
        let nodes = nodes.map {
            HAProxyConfiguration.Node(name: $0.name, address: HostPort(host: "127.0.0.1", port: $0.port))
        }
        let file = "\(folder)/haproxy-\(address.port).cfg"
        var configuration = HAProxyConfiguration(listen: address, nodes: nodes, balance: balance)
        // Each needs two descriptors, and HAProxy does not start without them.
        configuration.maximumConnections = 400
        try configuration.text.write(toFile: file, atomically: true, encoding: .utf8)
        let program = try LabProgram("haproxy", programs.haproxy, ["-db", "-f", file])
        balancers.append(program)
        let listens = await Eventually.holds(within: .seconds(10)) {
            !program.isRunning || !LoopbackPort.isFree(address.port)
        }
        guard listens, program.isRunning else {
            throw Failure("haproxy did not start", next: program.said.suffix(3).joined(separator: "\n       "))
        }
        return address
    }

    func stopBalancers() async {
        for program in balancers { program.send(SIGKILL) }
        for program in balancers { await program.ended() }
        balancers = []
    }

    // MARK: The broker

    /// Redis on loopback, in a folder of its own. Pub/Sub keeps nothing in any case; streams are in the append-only file.
    func startRedis() async throws {
        let program = try LabProgram(
            "redis-server", programs.redis,
            [
                "--port", "\(redisPort)", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes",
                "--appendfsync", "everysec", "--maxmemory", "64mb",
            ])
        redis = program
        _ = try await program.line(with: "Ready to accept connections")
    }

    /// Kills it, as a machine that fails does.
    func killRedis() async {
        redis?.send(SIGKILL)
        await redis?.ended()
        redis = nil
    }

    /// Ends everything that was started.
    func stop() async {
        await stopBalancers()
        await stopNodes()
        await killRedis()
    }
}
