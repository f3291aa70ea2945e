import ArgumentParser
import Transport

/// What becomes of messages for who reads too slowly.
struct QueueOptions: ParsableArguments {
    @Option(
        help: """
            At --max-queue: disconnect with 1013; wait (who sends is not read from, for --queue-patience, then disconnect); \
            drop-oldest; newest-per-topic (of a chat message that is JSON with "topic").
            """)
    var queuePolicy = "disconnect"

    @Option(help: "The most bytes that wait for a slow reader, beyond the 1 MiB on its way to the system.")
    var maxQueue = 2 << 20

    @Option(help: "Seconds that senders wait for a slow reader, with --queue-policy wait.")
    var queuePatience = 2.0

    @Flag(inversion: .prefixedNo, help: "Serve /metrics for Prometheus (default: where only this machine can connect).")
    var metrics: Bool?

    func validate() throws {
        guard QueuePolicy.names.contains(queuePolicy) else {
            throw ValidationError(
                "There is no queue policy \"\(queuePolicy)\". There are: \(QueuePolicy.names.joined(separator: ", ")).")
        }
        guard maxQueue > 0, queuePatience > 0 else {
            throw ValidationError("--max-queue is at least 1, --queue-patience above 0.")
        }
    }

    func apply(to options: inout WebSocketServer.Options) {
        options.queuePolicy = QueuePolicy(named: queuePolicy, patience: .seconds(queuePatience)) ?? .disconnect
        options.maximumQueue = maxQueue
        options.showsMetrics = metrics ?? HostPort.isLoopback(options.address.host)
    }
}
