import CZlib
import Synchronization

/// zlib's state of a compression: 268 KiB with the largest window.
///
/// To make one takes zlib 75 µs, mostly page faults, and to reset one 3 µs. So those who keep no context from message
/// to message share the idle ones, of which there are as many as threads that compressed at the same time.
///
/// Sendable because whoever took it is the only one who has it.
final class DeflateStream: @unchecked Sendable {
    struct Settings: Hashable, Sendable {
        /// 9…15.
        let windowBits: Int32
        /// 1…9.
        let level: Int32
    }

    private let settings: Settings
    /// On the heap because zlib keeps a pointer back to it.
    private let stream: UnsafeMutablePointer<z_stream>

    private static let idle = Mutex<[DeflateStream]>([])
    private static let mostIdle = 8

    private init(_ settings: Settings) {
        self.settings = settings
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Negative: raw DEFLATE data without zlib's header; 8 is zlib's own default for its memory.
        let status = ws101_deflate_init(stream, settings.level, -settings.windowBits, 8)
        precondition(status == Z_OK, "zlib has no memory, or is not the zlib this was built for: \(status)")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// One with an empty window.
    static func take(_ settings: Settings) -> DeflateStream {
        let found = idle.withLock { idle in
            idle.lastIndex { $0.settings == settings }.map { idle.remove(at: $0) }
        }
        return found ?? DeflateStream(settings)
    }

    /// For the next one who takes; its window is emptied.
    func giveBack() {
        deflateReset(stream)
        DeflateStream.idle.withLock { idle in
            if idle.count < DeflateStream.mostIdle { idle.append(self) }
        }
    }

    /// Appends the compressed bytes up to and with the empty block of a sync flush, which ends with `00 00 ff ff`.
    func deflate(_ bytes: Span<UInt8>, into output: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                // zlib counts in 32 bits.
                let part = UnsafeBufferPointer(rebasing: rest.prefix(1 << 30))
                rest = rest.dropFirst(part.count)
                stream.pointee.next_in = UnsafeMutablePointer(mutating: part.baseAddress)
                stream.pointee.avail_in = UInt32(part.count)
                drain(flush: rest.isEmpty ? Z_SYNC_FLUSH : Z_NO_FLUSH, into: &output, guess: part.count + 16)
            }
        }
    }

    private func drain(flush: Int32, into output: inout [UInt8], guess: Int) {
        // "make sure that avail_out is greater than six to avoid repeated flush markers", zlib.h.
        let room = min(max(guess, 64), 1 << 16)
        repeat {
            output.append(addingCapacity: room) { target in
                target.withUnsafeMutableBufferPointer { buffer, count in
                    stream.pointee.next_out = buffer.baseAddress.map { $0 + count }
                    stream.pointee.avail_out = UInt32(room)
                    _ = CZlib.deflate(stream, flush)
                    count += room - Int(stream.pointee.avail_out)
                }
            }
        } while stream.pointee.avail_out == 0
    }
}
