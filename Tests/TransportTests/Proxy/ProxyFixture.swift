import Connection
import Synchronization
import Testing
import Wire

import Transport

/// A proxy on loopback, the listening socket behind it, and what its tap was told.
struct ProxyFixture {
    let upstream: PlainSocket
    let proxy: ProxyServer
    let tap: ListeningTap
    let notices: Notices

    final class Notices: Sendable {
        private let list = Mutex<[ProxyNotice]>([])
        var all: [ProxyNotice] { list.withLock { $0 } }
        func append(_ notice: ProxyNotice) { list.withLock { $0.append(notice) } }
    }

    /// Runs `body` with a fresh proxy and stops it afterwards.
    static func run(
        configure: (inout ProxyConfiguration) -> Void = { _ in }, _ body: (ProxyFixture) async throws -> Void
    ) async throws {
        let upstream = try PlainSocket.listener()
        let tap = ListeningTap()
        let notices = Notices()
        var configuration = ProxyConfiguration(
            listen: HostPort(host: "127.0.0.1", port: 0),
            upstream: WebSocketURL(address: HostPort(host: "127.0.0.1", port: upstream.port)))
        configure(&configuration)
        let proxy = try await ProxyServer.start(configuration, tap: tap) { notices.append($0) }
        do {
            try await body(ProxyFixture(upstream: upstream, proxy: proxy, tap: tap, notices: notices))
        } catch {
            await proxy.stop()
            throw error
        }
        await proxy.stop()
    }

    func connect() throws -> PlainSocket { try PlainSocket.connected(to: proxy.address.port) }

    /// Both ends of one proxied connection.
    func pair() throws -> (client: PlainSocket, server: PlainSocket) {
        let client = try connect()
        return (client, try upstream.accept())
    }
}

/// Waits until `condition` holds, for 10 s at most.
func eventually(_ condition: () -> Bool, sourceLocation: SourceLocation = #_sourceLocation) async {
    for _ in 0..<2000 {
        if condition() { return }
        try? await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("still not so after 10 s", sourceLocation: sourceLocation)
}

/// Bytes in which every position can be told from its neighbours.
func pattern(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) } }
