/// A frame in words, as lessons and scripts write it: `text "Hello" mask=37fa213d`.
///
/// It can say everything that a frame can be, the forbidden included: reserved bits and opcodes, a length that is not
/// in its minimal form or not true, a server's mask. What is not said is as the standard wants it.
package struct FrameSpec: Hashable, Sendable {
    package enum Mask: Hashable, Sendable {
        /// Whoever sends decides: a client masks, a server does not.
        case bySide
        case none
        case key(MaskingKey)
    }

    package var opcode: Opcode
    package var payload: [UInt8]
    package var fin = true
    /// RSV1, RSV2 and RSV3 as the three bits of a number: 4, 2, 1.
    package var reserved: UInt8 = 0
    package var mask = Mask.bySide
    /// The form in which the length is written; nil for the minimal one.
    package var form: LengthForm?
    /// The length that is announced; nil for the true one.
    package var length: UInt64?

    package init(_ opcode: Opcode, _ payload: [UInt8] = []) {
        self.opcode = opcode
        self.payload = payload
    }

    /// - Parameter key: For a mask that was left to the side; nil for a server, which does not mask.
    package func bytes(key: MaskingKey?) -> [UInt8] {
        let key: MaskingKey? =
            switch mask {
            case .bySide: key
            case .none: nil
            case .key(let key): key
            }
        let length = length ?? UInt64(payload.count)
        let short: UInt8 =
            switch form ?? FrameSpec.minimalForm(length) {
            case .bits7: UInt8(truncatingIfNeeded: length) & 0x7f
            case .bits16: 126
            case .bits64: 127
            }
        let header = FrameHeader(
            byte0: (fin ? 0x80 : 0) | reserved << 4 | opcode.bits, byte1: (key == nil ? 0 : 0x80) | short,
            payloadLength: length, maskingKey: key)
        var masked = payload
        if let key { masked.withUnsafeMutableBytes { Masking.apply(key, to: $0) } }
        return header.bytes + masked
    }

    private static func minimalForm(_ length: UInt64) -> LengthForm {
        length < 126 ? .bits7 : length <= 0xffff ? .bits16 : .bits64
    }
}
