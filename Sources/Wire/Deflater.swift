import CZlib

/// Compresses one direction's messages, RFC 7692 §7.2.1.
///
/// Nothing is allocated before the first message, and between messages nothing is held without context takeover.
package final class Deflater {
    private let windowBits: Int32
    private let noContextTakeover: Bool
    private let level: Int32
    /// On the heap because zlib keeps a pointer back to it.
    private var stream: UnsafeMutablePointer<z_stream>?

    /// - Parameters:
    ///   - windowBits: The agreed window, 8…15. zlib cannot write raw DEFLATE data for 8, and needs not: with 9 it never
    ///     looks back further than 512 − 262 = 250 bytes, which a window of 256 holds.
    ///   - noContextTakeover: Whether every message starts with an empty window.
    ///   - level: 1 (fast) … 9 (small).
    package init(windowBits: Int, noContextTakeover: Bool, level: Int = 6) {
        self.windowBits = Int32(min(max(windowBits, 9), 15))
        self.noContextTakeover = noContextTakeover
        self.level = Int32(min(max(level, 1), 9))
    }

    deinit { free() }

    /// Appends the compressed message, without the four bytes `00 00 ff ff` that the receiver adds again.
    package func deflate(_ message: Span<UInt8>, into output: inout [UInt8]) {
        // zlib writes nothing for a second flush without new input, §7.2.3.6 wants this byte.
        guard !message.isEmpty, let stream = stream ?? begin() else { return output.append(0x00) }
        message.withUnsafeBufferPointer { input in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            drain(stream, into: &output)
        }
        output.removeLast(4)
        if noContextTakeover { free() }
    }

    private func drain(_ stream: UnsafeMutablePointer<z_stream>, into output: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Deflater.pieceSize) { piece in
            repeat {
                stream.pointee.next_out = piece.baseAddress
                stream.pointee.avail_out = UInt32(piece.count)
                _ = CZlib.deflate(stream, Z_SYNC_FLUSH)
                output.append(contentsOf: piece[..<(piece.count - Int(stream.pointee.avail_out))])
            } while stream.pointee.avail_out == 0
        }
    }

    private static let pieceSize = 16_384

    private func begin() -> UnsafeMutablePointer<z_stream>? {
        let new = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        new.initialize(to: z_stream())
        guard ws101_deflate_init(new, level, -windowBits, 8) == Z_OK else {
            new.deallocate()
            return nil
        }
        stream = new
        return new
    }

    private func free() {
        guard let old = stream else { return }
        deflateEnd(old)
        old.deallocate()
        stream = nil
    }
}
