import Transport
import Tutor

/// A server of a lab that plays lines, or is a faulty one of the zoo.
actor ScriptedLabServer: LabServer {
    private let script: ScriptedServer.Script
    private var server: ScriptedServer?
    private(set) var address = HostPort(host: "127.0.0.1", port: 0)

    init(_ script: ScriptedServer.Script) { self.script = script }

    /// - Parameter lines: What it plays.
    init(_ lines: [String], isTogether: Bool, _ switches: [LabSwitch]) throws(LabProblem) {
        var script = ScriptedServer.Script(lines)
        script.isTogether = isTogether
        for item in switches {
            switch item.name {
            case "subprotocol": script.fields.append(("Sec-WebSocket-Protocol", item.value))
            case "extension": script.fields.append(("Sec-WebSocket-Extensions", item.value))
            case "accept": script.fields.append(("Sec-WebSocket-Accept", item.value))
            case "status": script.status = try ServerSwitches.count(item.value, "status")
            default:
                throw LabProblem(
                    "a scripted server has no switch \"\(item.name)\"; there are subprotocol, extension, accept, status"
                )
            }
        }
        self.script = script
    }

    func start() async throws(TransportError) {
        guard server == nil else { return }
        let started = try await ScriptedServer.start(script, on: address)
        address = started.address
        server = started
    }

    func stop() async {
        await server?.stop()
        server = nil
    }

    func kill() async {
        await server?.cut()
        await stop()
    }

    func drain() async { await stop() }

    func set(_ name: String, _ value: String) async throws(LabProblem) {
        throw LabProblem("a scripted server cannot be changed while it runs; \(name) stays as it is")
    }
}
