/// One field of a frame as it was on the wire, RFC 6455 §5.2: a stretch of the bit ruler.
package struct FrameField: Hashable, Sendable {
    package enum Name: String, Hashable, Sendable, CaseIterable {
        case fin, rsv1, rsv2, rsv3, opcode, mask, payloadLength, extendedPayloadLength, maskingKey, applicationData
        /// The two parts of a Close frame's application data, §5.5.1.
        case statusCode, reason
    }

    package let name: Name
    /// Counted from the first bit of the frame.
    package let bits: Range<Int>
    /// The field's bits as they are: binary, decimal or hexadecimal, whichever reads best.
    package let value: String
    /// What they say, for a person.
    package let meaning: String
    /// The RFC and its section.
    package let section: String

    package init(_ name: Name, bits: Range<Int>, value: String, meaning: String, section: String) {
        self.name = name
        self.bits = bits
        self.value = value
        self.meaning = meaning
        self.section = section
    }
}

extension FrameField.Name {
    /// As the standard writes it.
    package var title: String {
        switch self {
        case .fin: "FIN"
        case .rsv1: "RSV1"
        case .rsv2: "RSV2"
        case .rsv3: "RSV3"
        case .opcode: "opcode"
        case .mask: "MASK"
        case .payloadLength: "payload length"
        case .extendedPayloadLength: "extended payload length"
        case .maskingKey: "masking key"
        case .applicationData: "application data"
        case .statusCode: "status code"
        case .reason: "reason"
        }
    }
}
