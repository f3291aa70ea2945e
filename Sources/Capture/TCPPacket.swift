/// A packet with a TCP header, RFC 9293 §3.1, and where in it the payload is.
struct TCPPacket {
    let source: FlowEnd
    let destination: FlowEnd
    let sequence: UInt32
    let acknowledgment: UInt32
    let flags: Flags
    /// Where in the packet the payload that was captured is.
    let payload: Range<Int>
    /// How many bytes the payload had on the wire, at least as many as were captured.
    let payloadLength: Int

    struct Flags: OptionSet {
        let rawValue: UInt8
        static let fin = Flags(rawValue: 0x01)
        static let syn = Flags(rawValue: 0x02)
        static let rst = Flags(rawValue: 0x04)
        static let psh = Flags(rawValue: 0x08)
        static let ack = Flags(rawValue: 0x10)
    }
}

extension TCPPacket {
    /// - Parameters:
    ///   - frame: What was captured of the frame.
    ///   - originalLength: How long the frame was on the wire.
    init(_ frame: RawSpan, linkType: UInt32, originalLength: Int) throws(InternetHeader.Refusal) {
        guard let start = LinkLayer.internetHeader(frame, linkType: linkType) else { throw .noTCP }
        let header = try InternetHeader(frame, at: start, originalLength: originalLength)
        let at = header.transport
        guard at + 20 <= min(frame.byteCount, header.end) else { throw .noTCP }
        let begin = at + Int(frame.number(at: at + 12, as: UInt8.self) >> 4) * 4
        guard begin >= at + 20, begin <= header.end else { throw .noTCP }

        source = header.source.with(port: frame.network(at: at, as: UInt16.self))
        destination = header.destination.with(port: frame.network(at: at + 2, as: UInt16.self))
        sequence = frame.network(at: at + 4, as: UInt32.self)
        acknowledgment = frame.network(at: at + 8, as: UInt32.self)
        let captured = min(begin, frame.byteCount)
        payload = captured..<max(captured, min(header.end, frame.byteCount))
        payloadLength = header.end - begin
        // Where a fragmented segment ends is not known, so neither is where its FIN stands.
        let flags = Flags(rawValue: frame.number(at: at + 13, as: UInt8.self))
        self.flags = header.isFragment ? flags.subtracting(.fin) : flags
    }
}
