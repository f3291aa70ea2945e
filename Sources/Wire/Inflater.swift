import CZlib

/// Undoes the compression of one direction's messages, RFC 7692 §7.2.2.
///
/// Nothing is allocated before the first compressed byte, and without context takeover nothing is held between messages.
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
    ///   - limit: The most bytes the whole message may have. It is checked while inflating: a bomb costs no more memory
    ///     than that.
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
        let result = Inflater.tail.withUnsafeBufferPointer { run(stream, $0, into: &output, limit: limit) }
        guard result == .ok else { return result }
        // A message that ends inside a block was cut: "128 if inflate() returned immediately after decoding an
        // end-of-block code", zlib.h.
        guard stream.pointee.data_type & 128 != 0 else { return .invalid }
        produced = 0
        if noContextTakeover { free() }
        return .ok
    }

    /// "Append 4 octets of 0x00 0x00 0xff 0xff to the tail end of the payload of the message", §7.2.2.
    private static let tail: [UInt8] = [0x00, 0x00, 0xff, 0xff]

    /// zlib counts in 32 bits.
    private static let largestInput = 1 << 30

    private func run(
        _ stream: UnsafeMutablePointer<z_stream>, _ input: UnsafeBufferPointer<UInt8>, into output: inout [UInt8],
        limit: Int
    ) -> InflateResult {
        var rest = input[...]
        while !rest.isEmpty {
            let part = UnsafeBufferPointer(rebasing: rest.prefix(Inflater.largestInput))
            rest = rest.dropFirst(part.count)
            stream.pointee.next_in = UnsafeMutablePointer(mutating: part.baseAddress)
            stream.pointee.avail_in = UInt32(part.count)
            let result = drain(stream, into: &output, limit: limit, guess: part.count * 4)
            guard result == .ok else { return result }
        }
        return .ok
    }

    /// Inflates until the input is used up and all that it gives is out.
    private func drain(
        _ stream: UnsafeMutablePointer<z_stream>, into output: inout [UInt8], limit: Int, guess: Int
    ) -> InflateResult {
        var piece = min(max(guess, 256), Inflater.largestPiece)
        while true {
            // One byte more than allowed tells a message at its limit from one above.
            let room = min(piece, limit - produced < Int.max ? limit - produced + 1 : piece)
            let (status, count) = step(stream, into: &output, room: room)
            produced += count
            if produced > limit {
                output.removeLast(produced - limit)
                return .tooBig
            }
            switch status {
            case Z_OK where stream.pointee.avail_out == 0: piece = min(piece * 2, Inflater.largestPiece)
            case Z_OK, Z_BUF_ERROR: return .ok
            // A block with BFINAL set ends the DEFLATE data but not the message, and the window stays, §7.2.3.4.
            case Z_STREAM_END: inflateResetKeep(stream)
            default: return .invalid
            }
        }
    }

    private static let largestPiece = 1 << 16

    /// One call of zlib that writes up to `room` bytes straight behind those that are in `output`.
    private func step(
        _ stream: UnsafeMutablePointer<z_stream>, into output: inout [UInt8], room: Int
    ) -> (status: Int32, count: Int) {
        var status = Z_OK
        var written = 0
        output.append(addingCapacity: room) { target in
            target.withUnsafeMutableBufferPointer { buffer, count in
                stream.pointee.next_out = buffer.baseAddress.map { $0 + count }
                stream.pointee.avail_out = UInt32(room)
                status = CZlib.inflate(stream, Z_SYNC_FLUSH)
                written = room - Int(stream.pointee.avail_out)
                count += written
            }
        }
        return (status, written)
    }

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
