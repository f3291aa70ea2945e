/// The records of a file in the older format, pcap: µs or ns, either byte order, draft-ietf-opsawg-pcap.
struct PcapRecords {
    private let isSwapped: Bool
    private let nanosecondsPerTick: UInt64
    private let linkType: UInt32

    private static let headerLength = 16
    /// What libpcap takes as a packet's length at most; more is no packet.
    static let longestPacket = 256 << 10

    /// Takes the file's header.
    /// - Returns: nil for another format.
    init?(magic: UInt32, _ input: inout FileWindow) throws(CaptureError) {
        switch magic {
        case 0xa1b2_c3d4, 0xd4c3_b2a1: nanosecondsPerTick = 1_000
        case 0xa1b2_3c4d, 0x4d3c_b2a1: nanosecondsPerTick = 1
        default: return nil
        }
        isSwapped = magic & 0xff == 0xa1
        guard try input.fill(24) else { return nil }
        let field = RawSpan(_unsafeBytes: input.bytes).number(at: 20, as: UInt32.self)
        linkType = (isSwapped ? field.byteSwapped : field) & 0xffff
        input.take(24)
    }

    func next(_ input: inout FileWindow) throws(CaptureError) -> CaptureFormat.Step {
        guard try input.fill(Self.headerLength) else {
            return .end(input.bytes.isEmpty ? .complete : .truncated(at: input.offset))
        }
        let seconds = number(input.bytes, at: 0)
        let fraction = number(input.bytes, at: 4)
        let captured = Int(number(input.bytes, at: 8))
        let original = Int(number(input.bytes, at: 12))
        guard captured <= Self.longestPacket else { return .end(.damaged(at: input.offset)) }
        let length = Self.headerLength + captured
        guard try input.fill(length) else { return .end(.truncated(at: input.offset)) }
        let packet = CapturedPacket(
            linkType: linkType, time: UInt64(seconds) * 1_000_000_000 + UInt64(fraction) * nanosecondsPerTick,
            bytes: Self.headerLength..<length, originalLength: max(original, captured))
        return .record(CaptureRecord(length: length, packet: packet, isPacket: true))
    }

    private func number(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32 {
        let value = RawSpan(_unsafeBytes: bytes).number(at: offset, as: UInt32.self)
        return isSwapped ? value.byteSwapped : value
    }
}
