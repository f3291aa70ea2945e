import Capture
import Connection
import Transport

/// Where live traffic comes from.
protocol LiveSource: Sendable {
    /// What to do to see something, a line each.
    var advice: [String] { get }
    /// What its server has to say of itself in a few words; nil where all is well.
    var load: String? { get }
    /// Ends every connection and returns when that is done.
    func stop() async
}

extension LiveSource {
    var load: String? { nil }
}

/// The proxy in front of somebody's server.
struct ProxySource: LiveSource {
    private let server: ProxyServer
    let advice: [String]

    init(_ configuration: ProxyConfiguration, tap: any Tap) async throws {
        server = try await ProxyServer.start(configuration, tap: tap)
        let scheme = configuration.serverTLS == nil ? "ws" : "wss"
        advice = [
            "Point a client at \(scheme)://\(server.address) instead of",
            "\(configuration.upstream)",
        ]
    }

    func stop() async { await server.stop() }
}
