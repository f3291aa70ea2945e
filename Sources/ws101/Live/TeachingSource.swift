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
