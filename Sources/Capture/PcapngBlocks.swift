/// The blocks of a pcapng file: any number of sections, each in its own byte order, with its own interfaces.
struct PcapngBlocks {
    private var isSwapped = false
    private var interfaces: [Interface] = []
    /// Each section so far was written by `PcapngWriter`.
    private(set) var isOwn = false

    /// No block is as long; a length above is damage.
    private static let longestBlock = 64 << 20

    struct Interface {
        let linkType: UInt32
        let snapLength: UInt32
        var clock = PcapngClock()
    }

    mutating func next(_ input: inout FileWindow) throws(CaptureError) -> CaptureFormat.Step {
        guard try input.fill(Pcapng.blockOverhead) else {
            return .end(input.bytes.isEmpty ? .complete : .truncated(at: input.offset))
        }
        let start = RawSpan(_unsafeBytes: input.bytes)
        let isSection = start.number(at: 0, as: UInt32.self) == Pcapng.BlockType.sectionHeader
        if isSection {
            switch start.number(at: 8, as: UInt32.self) {
            case Pcapng.byteOrderMagic: isSwapped = false
            case Pcapng.byteOrderMagic.byteSwapped: isSwapped = true
            default: return .end(.damaged(at: input.offset))
            }
        }
        let length = Int(number(start, at: 4))
        guard length >= Pcapng.blockOverhead, length % 4 == 0, length <= Self.longestBlock else {
            return .end(.damaged(at: input.offset))
        }
        guard try input.fill(length) else { return .end(.truncated(at: input.offset)) }
        let block = RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: input.bytes[..<length]))
        guard number(block, at: length - 4) == length else { return .end(.damaged(at: input.offset)) }
        return .record(read(block, isFirst: input.offset == 0))
    }

    private mutating func read(_ block: RawSpan, isFirst: Bool) -> CaptureRecord {
        var record = CaptureRecord(length: block.byteCount)
        switch number(block, at: 0) {
        case Pcapng.BlockType.sectionHeader:
            beginSection(block, isFirst: isFirst)
        case Pcapng.BlockType.interfaceDescription:
            addInterface(block)
        case Pcapng.BlockType.enhancedPacket:
            record.isPacket = true
            record.packet = block.byteCount >= 32 ? packet(block, interface: number(block, at: 8)) : nil
        case Pcapng.BlockType.packet:
            record.isPacket = true
            record.packet = block.byteCount >= 32 ? packet(block, interface: UInt32(half(block, at: 8))) : nil
        case Pcapng.BlockType.simplePacket:
            record.isPacket = true
            record.packet = simplePacket(block)
        default:
            break
        }
        return record
    }

    private mutating func beginSection(_ block: RawSpan, isFirst: Bool) {
        interfaces = []
        var application = ""
        options(block, from: 24) { code, range in
            if code == Pcapng.Option.application { application = String(block.extracting(range)) }
        }
        isOwn = (isFirst || isOwn) && application == Pcapng.application && !isSwapped
    }

    private mutating func addInterface(_ block: RawSpan) {
        // An interface that cannot be read still counts, as packets name interfaces by number.
        guard block.byteCount >= 20 else { return interfaces.append(Interface(linkType: .max, snapLength: 0)) }
        var interface = Interface(linkType: UInt32(half(block, at: 8)), snapLength: number(block, at: 12))
        options(block, from: 16) { code, range in
            switch code {
            case Pcapng.Option.timestampResolution where range.count >= 1:
                interface.clock.resolution = block.number(at: range.lowerBound, as: UInt8.self)
            case Pcapng.Option.timestampOffset where range.count >= 8:
                let seconds = block.number(at: range.lowerBound, as: UInt64.self)
                interface.clock.offset = isSwapped ? seconds.byteSwapped : seconds
            default: break
            }
        }
        interfaces.append(interface)
    }

    /// An enhanced packet block, or the obsolete packet block, which differs in where the interface is told.
    private func packet(_ block: RawSpan, interface: UInt32) -> CapturedPacket? {
        let captured = Int(number(block, at: 20))
        let dataEnd = 28 + Pcapng.padded(captured)
        guard let interface = Int(exactly: interface), interface < interfaces.count, dataEnd <= block.byteCount - 4
        else {
            return nil
        }
        let ticks = UInt64(number(block, at: 12)) << 32 | UInt64(number(block, at: 16))
        var packet = CapturedPacket(
            linkType: interfaces[interface].linkType, time: interfaces[interface].clock.nanoseconds(ticks),
            bytes: 28..<28 + captured, originalLength: max(captured, Int(number(block, at: 24))))
        options(block, from: dataEnd) { code, range in
            if code == Pcapng.Option.comment && Remark.isRemark(block.extracting(range)) { packet.comment = range }
        }
        return packet
    }

    private func simplePacket(_ block: RawSpan) -> CapturedPacket? {
        guard block.byteCount >= 16, let interface = interfaces.first else { return nil }
        let original = Int(number(block, at: 8))
        let limit = interface.snapLength == 0 ? original : min(original, Int(interface.snapLength))
        let captured = min(limit, block.byteCount - 16)
        return CapturedPacket(
            linkType: interface.linkType, time: nil, bytes: 12..<12 + captured, originalLength: original)
    }

    private func options(_ block: RawSpan, from start: Int, _ body: (UInt16, Range<Int>) -> Void) {
        let end = block.byteCount - 4
        var at = start
        while at + 4 <= end {
            let code = half(block, at: at)
            let length = Int(half(block, at: at + 2))
            guard code != Pcapng.Option.end, at + 4 + length <= end else { return }
            body(code, at + 4..<at + 4 + length)
            at += 4 + Pcapng.padded(length)
        }
    }

    private func number(_ block: RawSpan, at offset: Int) -> UInt32 {
        let value = block.number(at: offset, as: UInt32.self)
        return isSwapped ? value.byteSwapped : value
    }

    private func half(_ block: RawSpan, at offset: Int) -> UInt16 {
        let value = block.number(at: offset, as: UInt16.self)
        return isSwapped ? value.byteSwapped : value
    }
}
