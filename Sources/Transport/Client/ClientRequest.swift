package import Connection
import Wire

/// What a client asks for.
package struct ClientRequest: Sendable {
    package var url: WebSocketURL
    /// Further header fields, such as Authorization.
    package var fields: [(name: String, value: String)] = []
    package var origin: String?
    /// In the order of preference.
    package var subprotocols: [String] = []
    /// Whether to offer permessage-deflate.
    package var compresses = true
    package var tls = ClientTLS()
    /// For TCP, TLS and the opening handshake, each.
    package var timeout: Duration = .seconds(10)
    /// How often to ask whether the server is still there; nil for never.
    package var pingInterval: Duration?
    /// The longest message that is taken, in bytes, after inflation.
    package var maximumMessage = 16 << 20
    /// Everything that goes over the connection is told there.
    package var tap: (any Tap)?
    /// Who records, for the tap.
    package var source = "connect"

    package init(_ url: WebSocketURL) { self.url = url }

    /// The opening handshake with a fresh key.
    func head() throws(TransportError) -> HTTPHead {
        do {
            return HTTPHead(
                try OpeningHandshake.request(
                    target: url.target, host: url.authority, key: ClientRequest.nonce(), origin: origin,
                    subprotocols: subprotocols, extensions: compresses ? DeflateParameters.offer() : nil, extra: fields)
            )
        } catch {
            throw TransportError(
                what: "cannot write the request", why: "\(error)", advice: "check the header fields that were given")
        }
    }

    /// "a randomly selected 16-byte value that has been base64-encoded", §4.1.
    private static func nonce() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64.encode((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    var limits: EndpointLimits { EndpointLimits(message: maximumMessage) }

    var timing: EndpointTiming {
        EndpointTiming(handshake: timeout.inNanoseconds, pingInterval: pingInterval?.inNanoseconds)
    }
}
