/// Everything of a frame before its payload, RFC 6455 §5.2, exactly as it was on the wire.
///
/// Any two bytes and what they announce make a header: reserved bits, reserved opcodes and overlong lengths are
/// values here, and a violation only for who judges them.
///
/// `@usableFromInline`, because members of a type that is only `package` are not inlined in other modules.
@usableFromInline package struct FrameHeader: Hashable, Sendable {
    /// FIN, RSV1–3 and the opcode.
    @usableFromInline package let byte0: UInt8
    /// MASK and the seven bits of the payload length.
    @usableFromInline package let byte1: UInt8
    /// The payload's length in bytes as announced, all 64 bits of it even where the first one must be 0.
    @usableFromInline package let payloadLength: UInt64
    @usableFromInline package let maskingKey: MaskingKey?

    @inlinable
    package init(byte0: UInt8, byte1: UInt8, payloadLength: UInt64, maskingKey: MaskingKey?) {
        self.byte0 = byte0
        self.byte1 = byte1
        self.payloadLength = payloadLength
        self.maskingKey = maskingKey
    }

    /// A well-formed header: the length in its minimal form.
    package init(
        fin: Bool = true, rsv1: Bool = false, opcode: Opcode, payloadLength: Int, maskingKey: MaskingKey? = nil
    ) {
        let form: UInt8 =
            switch payloadLength {
            case ...125: UInt8(payloadLength)
            case ...0xffff: 126
            default: 127
            }
        self.init(
            byte0: (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode.bits,
            byte1: (maskingKey == nil ? 0 : 0x80) | form,
            payloadLength: UInt64(payloadLength), maskingKey: maskingKey)
    }

    @inlinable package var fin: Bool { byte0 & 0x80 != 0 }
    @inlinable package var rsv1: Bool { byte0 & 0x40 != 0 }
    @inlinable package var rsv2: Bool { byte0 & 0x20 != 0 }
    @inlinable package var rsv3: Bool { byte0 & 0x10 != 0 }
    @inlinable package var opcode: Opcode { Opcode(bits: byte0) }
    @inlinable package var isControl: Bool { byte0 & 0x08 != 0 }
    @inlinable package var isMasked: Bool { byte1 & 0x80 != 0 }
    /// The seven bits as written: a length up to 125, or 126 or 127 for an extended one.
    @inlinable package var shortLength: UInt8 { byte1 & 0x7f }
    @inlinable package var lengthForm: LengthForm { LengthForm(shortLength: shortLength) }
    /// In bytes: 2…14.
    @inlinable package var size: Int { FrameHeader.size(byte1: byte1) }

    /// "The length … MUST be encoded in the minimal number of bytes", §5.2.
    @inlinable package var hasMinimalLength: Bool {
        switch lengthForm {
        case .bits7: true
        case .bits16: payloadLength > 125
        case .bits64: payloadLength > 0xffff
        }
    }

    /// How many bytes a header has whose second byte is this one.
    @inlinable package static func size(byte1: UInt8) -> Int {
        let length = byte1 & 0x7f
        return 2 &+ (length == 126 ? 2 : length == 127 ? 8 : 0) &+ (byte1 & 0x80 != 0 ? 4 : 0)
    }

    /// The longest a header can be, in bytes.
    package static let maximumSize = 14
}

/// The three ways to write a payload's length, §5.2.
@usableFromInline package enum LengthForm: UInt8, Hashable, Sendable {
    case bits7, bits16, bits64

    @inlinable package init(shortLength: UInt8) {
        self = shortLength < 126 ? .bits7 : shortLength == 126 ? .bits16 : .bits64
    }
}
