import Wire

/// Whether bytes look like frames where nothing tells that some begin there: never certain.
enum FrameGuess {
    /// A header that keeps to the rules of RFC 6455 §5.1, §5.2 and §5.5, without extensions.
    static func isPlausible(_ header: FrameHeader, from side: Side) -> Bool {
        guard header.byte0 & 0x70 == 0, !header.opcode.isReserved, header.isMasked == (side == .client) else {
            return false
        }
        if header.isControl { return header.fin && header.shortLength <= 125 }
        return header.hasMinimalLength && header.payloadLength >> 32 == 0
    }

    /// Whether `bytes` are one plausible frame after the other up to their end.
    static func isPlausible(_ bytes: Span<UInt8>, from side: Side) -> Bool {
        var decoder = FrameDecoder()
        var offset = 0
        var found = false
        while let step = decoder.next(bytes, at: &offset) {
            guard case .header(let header) = step else { continue }
            guard isPlausible(header, from: side) else { return false }
            found = true
        }
        return found
    }
}
