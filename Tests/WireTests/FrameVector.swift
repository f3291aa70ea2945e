import Testing
import Wire

/// Frames as bytes, and what they are.
struct FrameVector: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let header: FrameHeader
    /// Unmasked.
    let payload: [UInt8]

    var testDescription: String { name }

    init(_ name: String, _ head: [UInt8], _ header: FrameHeader, masked: [UInt8]) {
        self.name = name
        bytes = head + masked
        self.header = header
        let key = header.maskingKey?.bytes ?? [0, 0, 0, 0]
        payload = masked.indices.map { masked[$0] ^ key[$0 % 4] }
    }

    static let key = MaskingKey(0x37, 0xfa, 0x21, 0x3d)

    /// The examples of RFC 6455 §5.7.
    static let standard: [FrameVector] = [
        FrameVector(
            "a single-frame unmasked text message", [0x81, 0x05], FrameHeader(opcode: .text, payloadLength: 5),
            masked: Array("Hello".utf8)),
        FrameVector(
            "a single-frame masked text message", [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d],
            FrameHeader(opcode: .text, payloadLength: 5, maskingKey: key), masked: [0x7f, 0x9f, 0x4d, 0x51, 0x58]),
        FrameVector(
            "the first fragment", [0x01, 0x03], FrameHeader(fin: false, opcode: .text, payloadLength: 3),
            masked: Array("Hel".utf8)),
        FrameVector(
            "the last fragment", [0x80, 0x02], FrameHeader(opcode: .continuation, payloadLength: 2),
            masked: Array("lo".utf8)),
        FrameVector(
            "a ping", [0x89, 0x05], FrameHeader(opcode: .ping, payloadLength: 5), masked: Array("Hello".utf8)),
        FrameVector(
            "a masked pong", [0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d],
            FrameHeader(opcode: .pong, payloadLength: 5, maskingKey: key), masked: [0x7f, 0x9f, 0x4d, 0x51, 0x58]),
        FrameVector(
            "256 bytes of binary", [0x82, 0x7e, 0x01, 0x00], FrameHeader(opcode: .binary, payloadLength: 256),
            masked: (0..<256).map { UInt8($0) }),
        FrameVector(
            "64 KiB of binary", [0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0],
            FrameHeader(opcode: .binary, payloadLength: 65_536), masked: [UInt8](repeating: 0x5a, count: 65_536)),
    ]

    /// What is not allowed is read all the same.
    static let hostile: [FrameVector] = [
        FrameVector(
            "all reserved bits, a reserved opcode", [0x73, 0x00],
            FrameHeader(byte0: 0x73, byte1: 0, payloadLength: 0, maskingKey: nil), masked: []),
        FrameVector(
            "0 in 16 bits", [0x82, 0x7e, 0, 0],
            FrameHeader(byte0: 0x82, byte1: 0x7e, payloadLength: 0, maskingKey: nil),
            masked: []),
        FrameVector(
            "3 in 64 bits, masked", [0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 3, 0x37, 0xfa, 0x21, 0x3d],
            FrameHeader(byte0: 0x82, byte1: 0xff, payloadLength: 3, maskingKey: key), masked: [1, 2, 3]),
        FrameVector(
            "a ping of 126 bytes, fragmented", [0x09, 0x7e, 0, 126],
            FrameHeader(byte0: 0x09, byte1: 0x7e, payloadLength: 126, maskingKey: nil),
            masked: [UInt8](repeating: 1, count: 126)),
        FrameVector(
            "masked with nothing inside", [0x81, 0x80, 1, 2, 3, 4],
            FrameHeader(opcode: .text, payloadLength: 0, maskingKey: MaskingKey(1, 2, 3, 4)), masked: []),
    ]

    static let small = (standard + hostile).filter { $0.bytes.count < 300 }
}
