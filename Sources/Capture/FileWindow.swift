/// A file or pipe read from the beginning to the end through a buffer, which grows to what has to be seen at once.
///
/// Not mapped: a mapped file that somebody cuts off while it is read would end the process.
struct FileWindow: ~Copyable {
    let file: OpenFile
    /// The offset in the file of the next byte not taken yet.
    private(set) var offset: UInt64 = 0
    private var buffer: UnsafeMutableRawBufferPointer
    private var available: Range<Int> = 0..<0
    private var isAtEnd = false

    init(_ file: OpenFile, capacity: Int = 1 << 20) {
        self.file = file
        buffer = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// The bytes read and not taken yet; valid until the next `fill`.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[available]) }

    /// Reads until `needed` bytes are there.
    /// - Returns: Whether they are; no means that the file ends before.
    mutating func fill(_ needed: Int) throws(CaptureError) -> Bool {
        while available.count < needed && !isAtEnd {
            makeRoom(needed)
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[available.upperBound...])
            let count = try file.read(into: rest)
            isAtEnd = count == 0
            available = available.lowerBound..<available.upperBound + count
        }
        return available.count >= needed
    }

    mutating func take(_ count: Int) {
        available = available.lowerBound + count..<available.upperBound
        offset += UInt64(count)
    }

    /// Moves what is left to the front, into a larger buffer if `needed` demands one.
    private mutating func makeRoom(_ needed: Int) {
        let left = available.count
        if needed > buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: needed, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[available]))
            buffer.deallocate()
            buffer = larger
        } else if available.lowerBound > 0 {
            buffer.baseAddress!.copyMemory(from: buffer.baseAddress! + available.lowerBound, byteCount: left)
        }
        available = 0..<left
    }
}
