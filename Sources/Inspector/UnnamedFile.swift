import Glibc

/// A file in `$TMPDIR` without a name: the system removes it when this process is gone, however it went.
///
/// Written by one thread; what was written may be read by any.
final class UnnamedFile: Sendable {
    private let descriptor: Int32

    /// nil where no such file can be made.
    init?() {
        let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((directory + "/ws101-XXXXXX").utf8CString)
        let made = mkstemp(&template)
        guard made >= 0 else { return nil }
        unlink(template)
        _ = fcntl(made, F_SETFD, FD_CLOEXEC)
        descriptor = made
    }

    deinit { close(descriptor) }

    /// - Returns: Whether all of it was written.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) -> Bool {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            if count > 0 { done += count } else if errno != EINTR { return false }
        }
        return true
    }

    /// - Returns: Up to `count` bytes; fewer where the file ends or cannot be read.
    func read(at offset: UInt64, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) -> Int {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            if count > 0 { done += count } else if count == 0 || errno != EINTR { break }
        }
        return done
    }
}
