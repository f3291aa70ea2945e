package import Wire

/// A frame's bytes as a client sends them, good or bad.
package enum ClientFrame {
    package static func bytes(
        _ opcode: Opcode, _ payload: [UInt8], fin: Bool = true, rsv1: Bool = false, key: MaskingKey?
    ) -> [UInt8] {
        bytes(
            FrameHeader(fin: fin, rsv1: rsv1, opcode: opcode, payloadLength: payload.count, maskingKey: key), payload)
    }

    /// A header with all its bits as wanted, whether they fit the payload or not.
    package static func bytes(_ header: FrameHeader, _ payload: [UInt8]) -> [UInt8] {
        var bytes = header.bytes
        let start = bytes.count
        bytes += payload
        guard let key = header.maskingKey else { return bytes }
        bytes.withUnsafeMutableBytes { Masking.apply(key, to: UnsafeMutableRawBufferPointer(rebasing: $0[start...])) }
        return bytes
    }
}
