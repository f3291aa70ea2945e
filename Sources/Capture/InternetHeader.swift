/// The header of IPv4 (RFC 791) or IPv6 with its extension headers (RFC 8200), as far as TCP needs it.
struct InternetHeader {
    let source: FlowEnd
    let destination: FlowEnd
    /// Where TCP's header begins.
    let transport: Int
    /// Where the datagram ended on the wire, which may be behind what was captured.
    let end: Int
    /// The first of several fragments, so that TCP's bytes go on in a datagram that does not say so.
    let isFragment: Bool

    enum Refusal: Error {
        case noTCP
        /// A fragment but the first: it does not say which connection it belongs to.
        case laterFragment
    }

    /// - Parameter originalLength: How long `packet` was on the wire.
    init(_ packet: RawSpan, at start: Int, originalLength: Int) throws(Refusal) {
        guard start < packet.byteCount else { throw .noTCP }
        switch packet.number(at: start, as: UInt8.self) >> 4 {
        case 4: try self.init(version4: packet, at: start, originalLength: originalLength)
        case 6: try self.init(version6: packet, at: start, originalLength: originalLength)
        default: throw .noTCP
        }
    }

    private init(version4 packet: RawSpan, at start: Int, originalLength: Int) throws(Refusal) {
        guard start + 20 <= packet.byteCount, packet.number(at: start + 9, as: UInt8.self) == 6 else { throw .noTCP }
        let headerLength = Int(packet.number(at: start, as: UInt8.self) & 15) * 4
        let fragment = packet.network(at: start + 6, as: UInt16.self)
        guard headerLength >= 20 else { throw .noTCP }
        guard fragment & 0x1fff == 0 else { throw .laterFragment }
        source = Self.version4(packet, at: start + 12)
        destination = Self.version4(packet, at: start + 16)
        transport = start + headerLength
        isFragment = fragment & 0x2000 != 0
        // 0 where the network card was to cut a large segment itself.
        let length = Int(packet.network(at: start + 2, as: UInt16.self))
        end = length == 0 ? originalLength : min(start + length, max(originalLength, start))
    }

    private init(version6 packet: RawSpan, at start: Int, originalLength: Int) throws(Refusal) {
        guard start + 40 <= packet.byteCount else { throw .noTCP }
        source = Self.version6(packet, at: start + 8)
        destination = Self.version6(packet, at: start + 24)
        let length = Int(packet.network(at: start + 4, as: UInt16.self))
        end = length == 0 ? originalLength : min(start + 40 + length, max(originalLength, start))
        var next = packet.number(at: start + 6, as: UInt8.self)
        var at = start + 40
        var isFragment = false
        while next != 6 {
            guard at + 8 <= packet.byteCount else { throw .noTCP }
            let extent = Int(packet.number(at: at + 1, as: UInt8.self))
            switch next {
            case 0, 43, 60, 135, 139, 140: next = packet.number(at: at, as: UInt8.self)
            case 44:
                let fragment = packet.network(at: at + 2, as: UInt16.self)
                guard fragment & 0xfff8 == 0 else { throw .laterFragment }
                isFragment = fragment & 1 != 0
                next = packet.number(at: at, as: UInt8.self)
                at += 8
                continue
            case 51:
                next = packet.number(at: at, as: UInt8.self)
                at += (extent + 2) * 4
                continue
            default: throw .noTCP
            }
            at += (extent + 1) * 8
        }
        transport = at
        self.isFragment = isFragment
    }

    private static func version4(_ packet: RawSpan, at offset: Int) -> FlowEnd {
        FlowEnd(high: 0, low: UInt64(packet.network(at: offset, as: UInt32.self)), port: 0, isIPv6: false)
    }

    private static func version6(_ packet: RawSpan, at offset: Int) -> FlowEnd {
        FlowEnd(
            high: packet.network(at: offset, as: UInt64.self), low: packet.network(at: offset + 8, as: UInt64.self),
            port: 0, isIPv6: true)
    }
}
