import ArgumentParser
import Transport

/// How a server learns that a client is gone.
struct LivenessOptions: ParsableArguments {
    @Option(help: "Seconds between pings; 0 sends none.")
    var pingInterval = 20.0

    @Option(help: "Seconds of silence after a ping; then the connection ends with 1011.")
    var pongTimeout = 20.0

    @Option(
        help: "Seconds without a message in either direction, pings do not count; then the connection ends with 1001.")
    var idleLimit: Double?

    func validate() throws {
        guard pingInterval >= 0, pongTimeout > 0, idleLimit.map({ $0 > 0 }) ?? true else {
            throw ValidationError("--ping-interval is at least 0, --pong-timeout and --idle-limit are above 0 seconds.")
        }
    }

    func apply(to options: inout WebSocketServer.Options) {
        options.pingInterval = pingInterval == 0 ? nil : .seconds(pingInterval)
        options.pongTimeout = .seconds(pongTimeout)
        options.idleLimit = idleLimit.map { Duration.seconds($0) }
    }
}
