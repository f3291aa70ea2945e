import Connection

/// What the first packet seen of a connection says about it.
struct TCPBeginning {
    let client: FlowEnd
    /// The sequence number of the client's SYN, where this packet is it.
    let clientSYN: UInt32?
    let opening: Opening

    /// - Returns: nil for a packet that no connection begins with, as it neither opens one nor carries bytes.
    init?(_ packet: TCPPacket, _ payload: Span<UInt8>, _ remark: Remark?, source: String) {
        let isSYN = packet.flags.contains(.syn)
        let isClients: Bool
        if case .opened = remark {
            isClients = true
        } else if isSYN {
            isClients = !packet.flags.contains(.ack)
        } else if packet.payloadLength > 0 {
            isClients = Self.isFromClient(packet, payload)
        } else {
            return nil
        }
        let (client, server) = isClients ? (packet.source, packet.destination) : (packet.destination, packet.source)
        self.client = client
        clientSYN = isSYN && isClients ? packet.sequence : nil
        guard case .opened(let source, let isTLS, let isMidstream, let addresses) = remark else {
            opening = Opening(client: client.address, server: server.address, isMidstream: !isSYN, source: source)
            return
        }
        opening = Opening(
            client: addresses?.client ?? client.address, server: addresses?.server ?? server.address, isTLS: isTLS,
            isMidstream: isMidstream, source: source)
    }

    /// Without a SYN: a client speaks of `GET`, a server of `HTTP`, else the lower port is the server's.
    private static func isFromClient(_ packet: TCPPacket, _ payload: Span<UInt8>) -> Bool {
        if starts(payload, with: "GET ") { return true }
        if starts(payload, with: "HTTP/1.") { return false }
        return packet.source.port >= packet.destination.port
    }

    private static func starts(_ payload: Span<UInt8>, with text: StaticString) -> Bool {
        guard payload.count >= text.utf8CodeUnitCount else { return false }
        return (0..<text.utf8CodeUnitCount).allSatisfy { payload[$0] == text.utf8Start[$0] }
    }
}
