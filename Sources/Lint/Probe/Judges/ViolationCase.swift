package import Wire

/// One way to break the standard, for which a server must fail the connection, RFC 6455 §7.1.7.
package struct ViolationCase: Sendable {
    /// The rule about it.
    package let rule: RuleCode
    /// What is sent: "an unmasked frame".
    package let name: String
    /// What the server's Close should say; others than these may fit, too.
    package let expected: StatusCode
    /// Whether it needs an agreement on permessage-deflate.
    let needsDeflate: Bool
    let make: @Sendable (MaskingKey) -> [UInt8]

    private init(
        _ rule: RuleCode, _ name: String, expected: StatusCode = .protocolError, needsDeflate: Bool = false,
        _ make: @escaping @Sendable (MaskingKey) -> [UInt8]
    ) {
        self.rule = rule
        self.name = name
        self.expected = expected
        self.needsDeflate = needsDeflate
        self.make = make
    }

    private static let text = Array("ws101".utf8)

    package static let all = [
        ViolationCase("F01", "an unmasked frame") { _ in ClientFrame.bytes(.text, text, key: nil) },
        ViolationCase("F03", "a frame with RSV2 set") { key in frame(0xa1, text, key) },
        ViolationCase("F04", "a data frame with the reserved opcode 0x3") { key in frame(0x83, text, key) },
        ViolationCase("F04", "a control frame with the reserved opcode 0xb") { key in frame(0x8b, text, key) },
        ViolationCase("F05", "a Ping without FIN") { key in frame(0x09, text, key) },
        ViolationCase("F06", "a Ping with 126 bytes") { key in
            ClientFrame.bytes(.ping, [UInt8](repeating: 0x61, count: 126), key: key)
        },
        ViolationCase("F07", "a length of 5 written in 16 bits") { key in
            frame(FrameHeader(byte0: 0x81, byte1: 0xfe, payloadLength: 5, maskingKey: key))
        },
        ViolationCase("F07", "a length of 64 bits whose first is 1") { key in
            frame(FrameHeader(byte0: 0x82, byte1: 0xff, payloadLength: 1 << 63 | 5, maskingKey: key))
        },
        ViolationCase("F08", "a continuation without a beginning") { key in frame(0x80, text, key) },
        ViolationCase("F08", "a new message inside a fragmented one") { key in
            frame(0x01, text, key) + frame(0x81, text, key)
        },
        // U+D800, a surrogate, in a text that begins well.
        ViolationCase("F09", "a text that is no UTF-8", expected: .invalidPayload) { key in
            frame(0x81, text + [0xed, 0xa0, 0x80], key)
        },
        ViolationCase("F11", "a Ping with RSV1 set", needsDeflate: true) { key in frame(0xc9, text, key) },
    ]

    private static func frame(_ byte0: UInt8, _ payload: [UInt8], _ key: MaskingKey) -> [UInt8] {
        ClientFrame.bytes(
            FrameHeader(
                byte0: byte0, byte1: 0x80 | UInt8(payload.count), payloadLength: UInt64(payload.count), maskingKey: key),
            payload)
    }

    private static func frame(_ header: FrameHeader) -> [UInt8] { ClientFrame.bytes(header, text) }
}
