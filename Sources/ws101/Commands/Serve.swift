import ArgumentParser
import Capture
import Connection
import Transport

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The teaching server, without a screen.",
        discussion: """
            Paths: \(Scenarios.all.map { $0.path }.joined(separator: ", ")); --scenario serves one on every other path too.

            Example: ws101 serve --listen 127.0.0.1:9001 --scenario echo --record session.pcapng

            Ends with Ctrl-C: every client gets a Close with 1001. Only this machine can connect, and of web pages only
            those of --allow-origin and of this machine, unless told otherwise.
            """)

    @Option(help: "HOST:PORT, or PORT on 127.0.0.1; port 0 takes a free one.")
    var listen = HostPort(host: "127.0.0.1", port: WatchDefaults.port)

    @Option(help: "What to serve on paths that are no scenario's own: \(Serve.scenarios).")
    var scenario: String?

    @OptionGroup var server: ServerOptions
    @OptionGroup var recording: RecordingOptions
    @OptionGroup var node: NodeOptions

    private static let scenarios = Scenarios.all.map { $0.name }.joined(separator: ", ")

    func validate() throws {
        if let scenario, Scenarios.named(scenario) == nil {
            throw ValidationError("There is no scenario \"\(scenario)\". There are: \(Serve.scenarios).")
        }
    }

    func run() async throws {
        let setup = try await node.setup()
        let recorder = try recording.recorder()
        var options = try server.options(listen: listen)
        options.tap = recorder
        let teaching = TeachingServer(options, scenario: scenario.flatMap(Scenarios.named), setup: setup)
        let address = try await teaching.start()
        server.faults.warn()
        Output.diagnostic("serving \(options.tls == nil ? "ws" : "wss")://\(address)/")
        if !HostPort.isLoopback(address.host) {
            Output.diagnostic("ws101: other machines can connect: \(address.host) is not loopback")
        }
        if let file = recording.record { Output.diagnostic("recording to \(file)") }
        await StopSignal.wait()
        if let duration = node.drainDuration { await teaching.drain(over: duration) }
        await teaching.stop()
        await setup.broker.stop()
        recorder?.close()
    }
}

/// What a server allows, each with its default.
struct ServerOptions: ParsableArguments {
    @OptionGroup var tls: ServerTLSOptions

    @Option(name: .customLong("allow-origin"), help: "Serve web pages of this origin too, such as https://app.example.")
    var allowedOrigins: [String] = []

    @Option(name: .customLong("allow-host"), help: "Accept this name in the Host header besides loopback's.")
    var allowedHosts: [String] = []

    @Flag(inversion: .prefixedNo, help: "Agree to permessage-deflate where a client offers it.")
    var compression = true

    @OptionGroup(title: "Who may connect") var authentication: AuthenticationOptions
    @OptionGroup(title: "How much a client may send") var limits: LimitOptions
    @OptionGroup(title: "Whether a client is still there") var liveness: LivenessOptions
    @OptionGroup(title: "Who reads too slowly") var queue: QueueOptions
    @OptionGroup(title: "Faults") var faults: FaultOptions

    func validate() throws {
        try faults.check(authentication, limits, hasOwnTLS: tls.isOwn)
    }

    func options(listen: HostPort) throws -> WebSocketServer.Options {
        guard faults.faulty.isEmpty || HostPort.isLoopback(listen.host) else {
            throw Failure(
                "a server that is faulty on purpose listens on this machine only", next: "use --listen 127.0.0.1:PORT.",
                status: Failure.wrongUse)
        }
        var options = WebSocketServer.Options()
        options.address = listen
        options.tls = try tls.files(faults: Set(faults.faulty))
        options.allowedOrigins = allowedOrigins
        options.allowedHosts = allowedHosts
        options.compresses = compression
        options.faults = Set(faults.faulty)
        authentication.apply(to: &options) { Output.diagnostic($0) }
        try limits.apply(to: &options)
        liveness.apply(to: &options)
        queue.apply(to: &options)
        return options
    }
}
