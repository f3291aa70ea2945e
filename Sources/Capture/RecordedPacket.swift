import Connection

/// A packet made up for a recording: an enhanced packet block with headers of IP and TCP around bytes of a connection.
struct RecordedPacket {
    let source: FlowEnd
    let destination: FlowEnd
    let sequence: UInt32
    let acknowledgment: UInt32
    let flags: TCPPacket.Flags
    let time: Timestamp
    let interface: UInt32

    /// What fits into an IP datagram of 65,535 bytes, with either version's headers.
    static let payloadLimit = 65_535 - 60
    /// Bytes of an enhanced packet block in front of the packet.
    static let blockHeader = 28
    /// No window is too small for what a recording holds: scaled by 2^14, RFC 7323 §2.
    private static let windowScale: [UInt8] = [3, 3, 14, 1]

    private var internetLength: Int { source.isIPv6 ? 40 : 20 }
    private var transportLength: Int { 20 + (flags.contains(.syn) ? Self.windowScale.count : 0) }

    /// - Parameter comment: As UTF-8.
    func blockLength(payload: Int, comment: Int?) -> Int {
        let packet = Pcapng.padded(internetLength + transportLength + payload)
        return Self.blockHeader + packet + (comment.map { 4 + Pcapng.padded($0) + 4 } ?? 0) + 4
    }

    /// Fills `block`, which has the length of `blockLength`.
    func write(_ payload: UnsafeRawBufferPointer, comment: [UInt8]?, to block: UnsafeMutableRawBufferPointer) {
        let length = internetLength + transportLength + payload.count
        var writer = ByteWriter(block)
        writer.native(Pcapng.BlockType.enhancedPacket)
        writer.native(UInt32(block.count))
        writer.native(interface)
        writer.native(UInt32(truncatingIfNeeded: time.nanoseconds >> 32))
        writer.native(UInt32(truncatingIfNeeded: time.nanoseconds))
        writer.native(UInt32(length))
        writer.native(UInt32(length))
        writeInternetHeader(length, &writer)
        writeTransport(payload, &writer)
        writer.pad()
        if let comment {
            writer.option(Pcapng.Option.comment, comment)
            writer.native(UInt32(Pcapng.Option.end))
        }
        writer.native(UInt32(block.count))
    }

    private func writeInternetHeader(_ length: Int, _ writer: inout ByteWriter) {
        guard !source.isIPv6 else {
            writer.network(UInt32(6) << 28)
            writer.network(UInt16(length - 40))
            writer.network(UInt16(6) << 8 | 64)
            for word in [source.high, source.low, destination.high, destination.low] { writer.network(word) }
            return
        }
        let start = writer.offset
        writer.network(UInt16(0x4500))
        writer.network(UInt16(length))
        writer.network(UInt32(0x4000))  // Don't fragment.
        writer.network(UInt16(64) << 8 | 6)
        writer.network(UInt16(0))
        writer.network(UInt32(truncatingIfNeeded: source.low))
        writer.network(UInt32(truncatingIfNeeded: destination.low))
        var checksum = InternetChecksum()
        checksum.add(writer.written(from: start))
        writer.set(checksum.value, at: start + 10)
    }

    private func writeTransport(_ payload: UnsafeRawBufferPointer, _ writer: inout ByteWriter) {
        let start = writer.offset
        writer.network(source.port)
        writer.network(destination.port)
        writer.network(sequence)
        writer.network(flags.contains(.ack) ? acknowledgment : 0)
        writer.network(UInt16(transportLength / 4) << 12 | UInt16(flags.rawValue))
        writer.network(UInt16.max)  // The window.
        writer.network(UInt32(0))
        if flags.contains(.syn) { Self.windowScale.withUnsafeBytes { writer.bytes($0) } }
        writer.bytes(payload)
        var checksum = InternetChecksum()
        // The pseudo-header, RFC 9293 §3.1; the addresses stand in front of TCP's header in both versions of IP.
        checksum.add(writer.written(from: start - (source.isIPv6 ? 32 : 8)))
        checksum.add(6)
        checksum.add(UInt16(writer.offset - start))
        writer.set(checksum.value, at: start + 16)
    }
}
