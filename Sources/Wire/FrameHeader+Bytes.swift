/// The header's bytes and back.
extension FrameHeader {
    /// Reads the header that begins at `offset`; nil where `bytes` ends before the header does.
    @inlinable package static func read(_ bytes: Span<UInt8>, at offset: Int) -> FrameHeader? {
        let available = bytes.count &- offset
        guard available >= 2 else { return nil }
        let byte0 = bytes[offset]
        let byte1 = bytes[offset &+ 1]
        guard available >= size(byte1: byte1) else { return nil }
        var length = UInt64(byte1 & 0x7f)
        var next = offset &+ 2
        if length >= 126 {
            let end = next &+ (length == 126 ? 2 : 8)
            length = 0
            while next < end {
                length = length << 8 | UInt64(bytes[next])
                next &+= 1
            }
        }
        let key =
            byte1 & 0x80 == 0
            ? nil : MaskingKey(bytes[next], bytes[next &+ 1], bytes[next &+ 2], bytes[next &+ 3])
        return FrameHeader(byte0: byte0, byte1: byte1, payloadLength: length, maskingKey: key)
    }

    /// Writes the header to the front of `target`, which has room for `size` bytes, and tells how many it took.
    @inlinable @discardableResult
    package func write(to target: UnsafeMutableRawBufferPointer) -> Int {
        target[0] = byte0
        target[1] = byte1
        var next = 2
        switch lengthForm {
        case .bits7: break
        case .bits16:
            target[2] = UInt8(truncatingIfNeeded: payloadLength >> 8)
            target[3] = UInt8(truncatingIfNeeded: payloadLength)
            next = 4
        case .bits64:
            for shift in stride(from: 56, through: 0, by: -8) {
                target[next] = UInt8(truncatingIfNeeded: payloadLength >> UInt64(shift))
                next &+= 1
            }
        }
        if let maskingKey {
            for index in 0..<4 { target[next &+ index] = maskingKey[index] }
            next &+= 4
        }
        return next
    }

    package var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: FrameHeader.maximumSize) { buffer, count in
            count = write(to: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
