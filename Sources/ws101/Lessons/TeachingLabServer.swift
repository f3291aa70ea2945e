import Connection
import Synchronization
import Transport
import Tutor

/// The teaching server as an actor of a lab: a scenario on every path.
actor TeachingLabServer: LabServer {
    private let scenario: any Scenario.Type
    private let shared: SharedScenarios
    private var options: WebSocketServer.Options
    private var isShared = false
    private var server: WebSocketServer?
    private(set) var address: HostPort

    /// - Parameter shared: What servers of the lab share that have a broker.
    init(_ scenario: String, _ switches: [LabSwitch], _ shared: SharedScenarios) throws(LabProblem) {
        guard let found = Scenarios.named(scenario) else {
            let names = (Scenarios.all.map { $0.name } + HTTPLab.Content.allCases.map(\.rawValue))
            throw LabProblem("there is no scenario \"\(scenario)\"; there are \(names.joined(separator: ", "))")
        }
        self.scenario = found
        self.shared = shared
        var options = ServerSwitches.options(tap: nil)
        for item in switches {
            if item.name == "broker" {
                isShared = try TeachingLabServer.isShared(item.value)
            } else {
                try ServerSwitches.apply(item.name, item.value, to: &options)
            }
        }
        self.options = options
        address = options.address
    }

    private static func isShared(_ value: String) throws(LabProblem) -> Bool {
        switch value {
        case "none": false
        case "shared": true
        default: throw LabProblem("broker is none or shared, not \"\(value)\"")
        }
    }

    func start() async throws(TransportError) {
        guard server == nil else { return }
        let scenario = isShared ? shared.instance(of: scenario) : scenario.init()
        let server = WebSocketServer(options)
        server.onConnection { scenario.serve($0) }
        address = try await server.start()
        // Wherever it comes back, it comes back there.
        options.address = address
        self.server = server
    }

    func stop() async {
        // A client that does not answer a Close must not keep a lab from ending.
        await kill()
    }

    func kill() async {
        let old = server
        server = nil
        await old?.kill()
    }

    func drain() async {
        let old = server
        server = nil
        await old?.stop()
    }

    func set(_ name: String, _ value: String) async throws(LabProblem) {
        if name == "broker" {
            isShared = try TeachingLabServer.isShared(value)
        } else {
            try ServerSwitches.apply(name, value, to: &options)
        }
        await kill()
        do {
            try await start()
        } catch {
            throw LabProblem(error)
        }
    }
}

/// What the nodes of a lab share through their broker: the rooms of a chat.
final class SharedScenarios: Sendable {
    private let instances = Mutex<[String: any Scenario]>([:])

    func instance(of scenario: any Scenario.Type) -> any Scenario {
        instances.withLock { instances in
            if let known = instances[scenario.name] { return known }
            let new = scenario.init()
            instances[scenario.name] = new
            return new
        }
    }
}
