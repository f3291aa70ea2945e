package import Wire

/// What an endpoint sends: messages straight to the transport's memory, control frames to the output.
extension Endpoint {
    /// Writes a message, or a fragment of one. Output that waits must be taken before.
    /// - Parameters:
    ///   - opcode: Text (the caller vouches for UTF-8) or binary, or continuation after a fragment without `fin`.
    ///   - compressing: Whether to compress where that was agreed on; whole messages only.
    /// - Returns: False, and nothing is written, unless the connection is open: "the endpoint MUST NOT send any more data
    ///   frames after sending a Close frame", §5.5.1.
    @discardableResult
    package mutating func write(
        _ opcode: Opcode, _ payload: UnsafeRawBufferPointer, fin: Bool = true, compressing: Bool = true,
        to sink: inout some ByteSink
    ) -> Bool {
        guard phase == .open else { return false }
        if compressing, fin, opcode != .continuation, payload.count >= Endpoint.leastCompressed, let compression {
            let compressed = deflate(payload, compression)
            let key = maskingKeys?()
            compressed.withUnsafeBytes { Endpoint.put(opcode, $0, rsv1: true, key: key, to: &sink) }
        } else {
            Endpoint.put(opcode, payload, fin: fin, key: maskingKeys?(), to: &sink)
        }
        return true
    }

    /// Shorter messages gain nothing.
    private static let leastCompressed = 64

    /// Whoever compresses lets others wait meanwhile: this is twice as fast as zlib's usual 6, for a tenth more bytes.
    private static let compressionLevel = 3

    private mutating func deflate(_ payload: UnsafeRawBufferPointer, _ agreed: DeflateParameters) -> [UInt8] {
        let deflater =
            deflater
            ?? Deflater(
                windowBits: agreed.windowBits(of: side), noContextTakeover: agreed.noContextTakeover(of: side),
                level: Endpoint.compressionLevel)
        self.deflater = deflater
        var compressed: [UInt8] = []
        deflater.deflate(payload.octets.span, into: &compressed)
        return compressed
    }

    /// Asks for a Pong.
    /// - Parameter payload: At most 125 bytes; the rest is cut off.
    package mutating func ping(_ payload: [UInt8], now: Timestamp) {
        guard phase == .open else { return }
        let payload = Array(payload.prefix(125))
        if pings.count == Endpoint.mostPings { pings.removeFirst() }
        pings.append(SentPing(payload: payload, time: now, isKeepAlive: false))
        payload.withUnsafeBytes { queue(.ping, $0) }
    }

    /// Tells the peer something that nobody asked for, §5.5.3.
    package mutating func pong(_ payload: [UInt8]) {
        guard phase == .open else { return }
        payload.prefix(125).withUnsafeBytes { queue(.pong, $0) }
    }

    /// Puts a control frame into the output.
    mutating func queue(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer) {
        Endpoint.put(opcode, payload, key: maskingKeys?(), to: &output)
    }

    private static func put(
        _ opcode: Opcode, _ payload: UnsafeRawBufferPointer, fin: Bool = true, rsv1: Bool = false, key: MaskingKey?,
        to sink: inout some ByteSink
    ) {
        let header = FrameHeader(fin: fin, rsv1: rsv1, opcode: opcode, payloadLength: payload.count, maskingKey: key)
        sink.append(capacity: FrameHeader.maximumSize &+ payload.count) { target in
            let size = header.write(to: target)
            guard let start = target.baseAddress, !payload.isEmpty else { return size }
            if let key {
                Masking.copy(payload, to: start + size, key: key)
            } else {
                (start + size).copyMemory(from: payload.baseAddress!, byteCount: payload.count)
            }
            return size &+ payload.count
        }
    }
}
