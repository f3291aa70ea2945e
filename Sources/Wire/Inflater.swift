import CZlib

/// Undoes the compression of one direction's messages, RFC 7692 §7.2.2.
///
/// Nothing is allocated before the first compressed byte, and between messages nothing is held without context takeover.
package final class Inflater {
    private let windowBits: Int32
    private let noContextTakeover: Bool
    /// On the heap because zlib keeps a pointer back to it.
    private var stream: UnsafeMutablePointer<z_stream>?
    /// Bytes of the message under way so far.
    private var produced = 0
    private var hasFailed = false

    /// - Parameters:
    ///   - windowBits: The sender's window, 8…15. A larger one than agreed does no harm but takes memory.
    ///   - noContextTakeover: Whether every message starts with an empty window.
    package init(windowBits: Int, noContextTakeover: Bool) {
        self.windowBits = Int32(min(max(windowBits, 8), 15))
        self.noContextTakeover = noContextTakeover
    }

    deinit { free() }

    /// Inflates one message's bytes, which may come in pieces, and appends what they give.
    /// - Parameters:
    ///   - isLast: Whether the message ends here: the four bytes its sender cut off are added, §7.2.2.
    ///   - limit: The most bytes the whole message may have.
    /// - Returns: After anything but `.ok` the rest of this direction cannot be inflated, and stays `.invalid`.
    package func inflate(
        _ bytes: Span<UInt8>, isLast: Bool, into output: inout [UInt8], limit: Int
    ) -> InflateResult {
        guard !hasFailed, let stream = stream ?? begin() else { return .invalid }
        var result = bytes.withUnsafeBufferPointer { run(stream, $0, into: &output, limit: limit) }
        if result == .ok, isLast { result = finish(stream, into: &output, limit: limit) }
        if result != .ok {
            hasFailed = true
            free()
        }
        return result
    }

    private func finish(
        _ stream: UnsafeMutablePointer<z_stream>, into output: inout [UInt8], limit: Int
    ) -> InflateResult {
        let tail: [UInt8] = [0x00, 0x00, 0xff, 0xff]
        let result = tail.withUnsafeBufferPointer { run(stream, $0, into: &output, limit: limit) }
        guard result == .ok else { return result }
        // "128 if inflate() returned immediately after decoding an end-of-block code", zlib.h.
        guard stream.pointee.data_type & 128 != 0 else { return .invalid }
        produced = 0
        if noContextTakeover { free() }
        return .ok
    }

    private func run(
        _ stream: UnsafeMutablePointer<z_stream>, _ input: UnsafeBufferPointer<UInt8>, into output: inout [UInt8],
        limit: Int
    ) -> InflateResult {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Inflater.pieceSize) { piece in
            while true {
                stream.pointee.next_out = piece.baseAddress
                stream.pointee.avail_out = UInt32(piece.count)
                let status = CZlib.inflate(stream, Z_SYNC_FLUSH)
                let count = piece.count - Int(stream.pointee.avail_out)
                let room = max(0, limit - produced)
                output.append(contentsOf: piece[..<min(count, room)])
                produced += min(count, room)
                if count > room { return .tooBig }
                switch status {
                case Z_OK where stream.pointee.avail_out == 0: continue
                case Z_OK, Z_BUF_ERROR: return .ok
                // A block with BFINAL set ends the DEFLATE data but not the message, and the window stays, §7.2.3.4.
                case Z_STREAM_END: inflateResetKeep(stream)
                default: return .invalid
                }
            }
        }
    }

    private static let pieceSize = 16_384

    private func begin() -> UnsafeMutablePointer<z_stream>? {
        let new = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        new.initialize(to: z_stream())
        // Negative: raw DEFLATE data without zlib's header, zlib.h.
        guard ws101_inflate_init(new, -windowBits) == Z_OK else {
            new.deallocate()
            return nil
        }
        stream = new
        return new
    }

    private func free() {
        guard let old = stream else { return }
        inflateEnd(old)
        old.deallocate()
        stream = nil
    }
}
