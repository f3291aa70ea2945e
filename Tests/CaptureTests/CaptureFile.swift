import Connection
import Wire

@testable import Capture

/// A capture file put together by hand, in either byte order.
struct CaptureFile {
    var bytes: [UInt8] = []
    let isBigEndian: Bool

    init(isBigEndian: Bool = false) { self.isBigEndian = isBigEndian }

    func number(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian, Array.init)
    }

    // MARK: pcap

    mutating func pcapHeader(magic: UInt32 = 0xa1b2_c3d4, linkType: UInt32) {
        bytes += number(magic) + number(UInt16(2)) + number(UInt16(4)) + number(UInt64(0))
        bytes += number(UInt32(65_535)) + number(linkType)
    }

    mutating func pcapRecord(_ packet: [UInt8], seconds: UInt32, fraction: UInt32, originalLength: Int? = nil) {
        bytes += number(seconds) + number(fraction) + number(UInt32(packet.count))
        bytes += number(UInt32(originalLength ?? packet.count)) + packet
    }

    // MARK: pcapng

    mutating func block(_ type: UInt32, _ body: [UInt8]) {
        let padded = body + [UInt8](repeating: 0, count: -body.count & 3)
        let length = number(UInt32(padded.count + 12))
        bytes += number(type) + length + padded + length
    }

    func option(_ code: UInt16, _ value: [UInt8]) -> [UInt8] {
        number(code) + number(UInt16(value.count)) + value + [UInt8](repeating: 0, count: -value.count & 3)
    }

    mutating func section() {
        block(0x0a0d_0d0a, number(UInt32(0x1a2b_3c4d)) + number(UInt16(1)) + number(UInt16(0)) + number(UInt64.max))
    }

    mutating func interface(_ linkType: UInt16, snapLength: UInt32 = 0, options: [UInt8] = []) {
        block(1, number(linkType) + number(UInt16(0)) + number(snapLength) + options)
    }

    mutating func enhancedPacket(_ packet: [UInt8], interface: UInt32 = 0, ticks: UInt64 = 0, options: [UInt8] = []) {
        let time = number(UInt32(ticks >> 32)) + number(UInt32(truncatingIfNeeded: ticks))
        let lengths = number(UInt32(packet.count)) + number(UInt32(packet.count))
        block(
            6, number(interface) + time + lengths + packet + [UInt8](repeating: 0, count: -packet.count & 3) + options)
    }

    func read() throws -> (collector: Collector, summary: CaptureSummary) {
        let scratch = Scratch()
        let path = scratch.file("capture")
        Scratch.write(bytes, to: path)
        return try Recordings.read(path)
    }
}

/// Packets for such files.
enum Packets {
    /// A packet of IP and TCP that carries `text` from the client's port 40000 to 9001.
    static func internet(_ text: String, sequence: UInt32 = 1000, isIPv6: Bool = false) -> [UInt8] {
        let ip: [UInt8] = isIPv6 ? [UInt8](repeating: 0, count: 15) + [1] : [127, 0, 0, 1]
        let packet = RecordedPacket(
            source: FlowEnd(Address(ip: ip, port: 40_000)), destination: FlowEnd(Address(ip: ip, port: 9001)),
            sequence: sequence, acknowledgment: 1, flags: [.psh, .ack], time: Timestamp(nanoseconds: 0), interface: 0)
        let payload = Array(text.utf8)
        let length = packet.blockLength(payload: payload.count, comment: nil)
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: length, alignment: 8)
        defer { block.deallocate() }
        payload.withUnsafeBytes { packet.write($0, comment: nil, to: block) }
        return Array(block[28..<28 + (isIPv6 ? 60 : 40) + payload.count])
    }
}
