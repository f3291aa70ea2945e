import Capture
import Connection
import Synchronization
import Transport

/// The teaching server, with demo traffic until a real client connects.
struct TeachingSource: LiveSource {
    private let server: TeachingServer
    private let demo: Demo
    let advice: [String]

    /// - Parameter listen: nil takes the usual port of 127.0.0.1, or the next one that is free.
    init(listen: HostPort?, hasDemo: Bool, tap: any Tap) async throws {
        var options = WebSocketServer.Options()
        options.address = try listen ?? TeachingSource.usualAddress()
        options.tap = tap
        let demo = Demo()
        server = TeachingServer(options) { demo.stepAside() }
        let address = try await server.start()
        if hasDemo { demo.start(WebSocketURL(address: address)) }
        self.demo = demo
        let url = "ws://\(address)/echo"
        advice = ["Point a client at \(url)", "or in another terminal:  ws101 connect \(url)"]
    }

    /// What waits for slow readers, how long a room's messages take, and for how long the event loop served nobody.
    var load: String? {
        let load = server.load
        let parts = [
            load.waiting > 0 ? "\(load.waiting / 1024) KiB wait" : nil,
            load.dropped > 0 ? "\(load.dropped) dropped" : nil,
            load.fanOut.flatMap { $0 > TeachingSource.slow ? "fan-out p99 \($0 / 1_000_000) ms" : nil },
            load.lag > TeachingSource.slow ? "event loop stalled \(load.lag / 1_000_000) ms" : nil,
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    /// Nanoseconds that a person notices.
    private static let slow: Int64 = 100_000_000

    func stop() async {
        demo.stepAside()
        await server.stop()
    }

    private static func usualAddress() throws -> HostPort {
        guard let port = LoopbackPort.firstFree(from: WatchDefaults.port) else {
            throw Failure(
                "the ports from \(WatchDefaults.port) on are all in use on 127.0.0.1",
                next: "choose one with --listen, or let the system do it with --listen 0.")
        }
        return HostPort(host: "127.0.0.1", port: port)
    }
}

/// The demo client of a server that is known only once the server, which tells it of guests, has started.
private final class Demo: Sendable {
    private let client = Mutex<DemoClient?>(nil)

    func start(_ server: WebSocketURL) {
        let demo = DemoClient(server)
        client.withLock { $0 = demo }
        demo.start()
    }

    func stepAside() { client.withLock { $0 }?.stepAside() }
}
