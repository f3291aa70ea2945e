import Glibc

/// The end of a pcapng file that is being written, in whole blocks: whenever the process dies, what is on disk is a valid
/// file, or one whose last block is cut off.
final class BlockFile {
    let file: OpenFile
    /// Bytes on disk.
    private(set) var end: UInt64
    private var buffer: UnsafeMutableRawBufferPointer
    private var count = 0
    /// Once writing has failed nothing more is written.
    private var failure: CaptureError?

    /// - Parameter end: How many bytes of the file are there already.
    init(_ file: OpenFile, end: UInt64, capacity: Int = 256 << 10) {
        self.file = file
        self.end = end
        buffer = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// Where the next block will begin.
    var offset: UInt64 { end + UInt64(count) }

    /// Makes room for a block and returns it, to be filled wholly.
    func block(_ length: Int) throws(CaptureError) -> UnsafeMutableRawBufferPointer {
        if count + length > buffer.count {
            try flush()
            if length > buffer.count {
                buffer.deallocate()
                buffer = .allocate(byteCount: length, alignment: 16)
            }
        }
        defer { count += length }
        return UnsafeMutableRawBufferPointer(rebasing: buffer[count..<count + length])
    }

    func flush() throws(CaptureError) {
        if let failure { throw failure }
        var done = 0
        while done < count {
            let written = pwrite(file.descriptor, buffer.baseAddress! + done, count - done, off_t(end) + off_t(done))
            if written > 0 {
                done += written
            } else if written == 0 || errno != EINTR {
                try fail(written == 0 ? ENOSPC : errno, done)
            }
        }
        end += UInt64(count)
        count = 0
    }

    /// Keeps the whole blocks among the `done` bytes that were written, and stops.
    private func fail(_ error: Int32, _ done: Int) throws(CaptureError) -> Never {
        var whole = 0
        while whole < done {
            let length = Int(buffer.loadUnaligned(fromByteOffset: whole + 4, as: UInt32.self))
            if whole + length > done { break }
            whole += length
        }
        end += UInt64(whole)
        count = 0
        ftruncate(file.descriptor, off_t(end))
        let failure = CaptureError.cannotWrite(path: file.path, errno: error)
        self.failure = failure
        throw failure
    }
}
