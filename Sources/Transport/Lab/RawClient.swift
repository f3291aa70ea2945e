package import Connection
package import Wire

/// Raw connections of a client.
package enum RawClient {
    /// Small, so that a client who stops reading is felt by the server soon.
    private static let receiveBuffer = 64 << 10

    package static func connect(to server: WebSocketURL, tap: any Tap) async throws(TransportError) -> RawPeer {
        let connection = try await RawConnection.connect(
            to: server, ClientTLS(), receiveBuffer: receiveBuffer, sendBuffer: nil, timeout: .seconds(5))
        return RawPeer(connection, side: .client, tap: tap)
    }

    /// Does the opening handshake, and returns with the answer; nil where the connection ended first. The peer must be
    /// reading.
    @discardableResult
    package static func open(
        _ peer: RawPeer, _ server: WebSocketURL, fields: [(name: String, value: String)]
    ) async -> HTTPHead? {
        let request = try? OpeningHandshake.request(
            target: server.target, host: server.authority, key: nonce(), extra: fields)
        await peer.send(request ?? [])
        return await peer.nextHead()
    }

    /// 16 random bytes in base64, §4.1.
    package static func nonce() -> String { Base64.encode((0..<16).map { _ in UInt8.random(in: .min ... .max) }) }
}
