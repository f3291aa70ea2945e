/// Finds in a recording of ours those blocks that hold what one side of a connection sent, one behind the other.
struct RecordedBlocks {
    private let file: OpenFile
    private var window: [UInt8] = []
    private var windowStart: UInt64 = 0

    /// The headers of block, IP and TCP.
    private static let headers = RecordedPacket.blockHeader + 60
    /// How much is read at once to look for the next block.
    private static let stride = 32 << 10

    /// No file is as long.
    private static let farthest = UInt64(1) << 62

    struct Block {
        /// Where in the file the payload is.
        let payload: Range<UInt64>
        fileprivate let end: UInt64
        fileprivate let packet: TCPPacket

        fileprivate var nextSequence: UInt32 { packet.sequence &+ UInt32(truncatingIfNeeded: packet.payloadLength) }
    }

    init(_ file: OpenFile) { self.file = file }

    /// The block at an offset; nil if none with a packet begins there.
    mutating func block(at offset: UInt64) throws(CaptureError) -> Block? {
        guard let length = try length(at: offset, reading: Self.headers) else { return nil }
        return packet(at: offset, length)
    }

    /// The block that goes on where `block` ends; nil if there is none, not yet, or bytes are missing between.
    mutating func block(after block: Block) throws(CaptureError) -> Block? {
        var offset = block.end
        while let length = try length(at: offset, reading: Self.stride) {
            if let found = packet(at: offset, length) {
                let isSameWay =
                    found.packet.source == block.packet.source
                    && found.packet.destination == block.packet.destination
                if isSameWay && found.packet.sequence != block.nextSequence { return nil }
                if isSameWay && found.packet.payloadLength > 0 { return found }
            }
            offset += length
        }
        return nil
    }

    /// The length of the block at `offset`, whose headers are in the window then.
    private mutating func length(at offset: UInt64, reading count: Int) throws(CaptureError) -> UInt64? {
        guard offset < Self.farthest else { return nil }
        let there = windowStart + UInt64(window.count)
        if offset < windowStart || offset + UInt64(Self.headers) > there {
            window = [UInt8](repeating: 0, count: count)
            windowStart = offset
            let file = file
            let filled: Result<Int, CaptureError> = window.withUnsafeMutableBytes { buffer in
                Result { () throws(CaptureError) in try file.read(into: buffer, at: offset) }
            }
            window.removeLast(count - (try filled.get()))
        }
        let at = Int(offset - windowStart)
        guard at + Pcapng.blockOverhead <= window.count else { return nil }
        let length = window.span.bytes.number(at: at + 4, as: UInt32.self)
        return length >= Pcapng.blockOverhead ? UInt64(length) : nil
    }

    private func packet(at offset: UInt64, _ length: UInt64) -> Block? {
        let at = Int(offset - windowStart)
        let header = RecordedPacket.blockHeader
        let bytes = window.span.bytes
        guard at + header <= window.count, bytes.number(at: at, as: UInt32.self) == Pcapng.BlockType.enhancedPacket
        else { return nil }
        let captured = Int(bytes.number(at: at + 20, as: UInt32.self))
        let frame = bytes.extracting(droppingFirst: at + header).extracting(first: captured)
        guard let packet = try? TCPPacket(frame, linkType: LinkLayer.raw, originalLength: captured) else { return nil }
        let end = offset + UInt64(header + captured)
        guard end <= offset + length, packet.payloadLength <= captured else { return nil }
        return Block(payload: end - UInt64(packet.payloadLength)..<end, end: offset + length, packet: packet)
    }
}
