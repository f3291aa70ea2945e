import Connection

/// Bytes that were said but stand nowhere in the recording as such: inflated or fragmented messages, heads, remarks.
///
/// Appended in memory and written to a file without a name, a block at a time.
struct Spool {
    /// Where to read what `append` was given: in the file, or still in memory.
    struct Piece {
        let file: UnnamedFile?
        let offset: UInt64
        /// Bytes that are in memory; then `file` is not needed.
        let bytes: [UInt8]?

        /// Up to `count` bytes from `start` on.
        func read(from start: Int, count: Int) -> [UInt8] {
            if let bytes { return Array(bytes.dropFirst(start).prefix(count)) }
            return file?.read(at: offset + UInt64(start), count: count) ?? []
        }
    }

    private var file: UnnamedFile?
    private var hasFailed = false
    private var written: UInt64 = 0
    private var pending: [UInt8] = []

    private static let blockSize = 1 << 18

    /// - Returns: Where it begins; nil where the disk failed.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
        guard !hasFailed else { return nil }
        let offset = written + UInt64(pending.count)
        pending.append(contentsOf: bytes)
        if pending.count >= Spool.blockSize { flush() }
        return hasFailed ? nil : offset
    }

    mutating func append(_ bytes: Span<UInt8>) -> UInt64? {
        bytes.withUnsafeBufferPointer { append(UnsafeRawBufferPointer($0)) }
    }

    func piece(at offset: UInt64, count: Int) -> Piece {
        guard offset >= written else { return Piece(file: file, offset: offset, bytes: nil) }
        let start = Int(offset - written)
        return Piece(file: nil, offset: offset, bytes: Array(pending.dropFirst(start).prefix(count)))
    }

    private mutating func flush() {
        if file == nil { file = UnnamedFile() }
        let isWritten = pending.withUnsafeBytes { file?.write($0, at: written) ?? false }
        if isWritten { written += UInt64(pending.count) } else { hasFailed = true }
        pending.removeAll(keepingCapacity: pending.capacity <= 4 * Spool.blockSize)
    }
}
