/// Gathers lines and hands them on, many at a time.
struct LineWriter {
    var line = LineBuffer()
    private let write: (UnsafeRawBufferPointer) -> Void

    private static let blockSize = 1 << 16

    init(_ write: @escaping (UnsafeRawBufferPointer) -> Void) {
        self.write = write
        line.bytes.reserveCapacity(LineWriter.blockSize + 4096)
    }

    mutating func endLine() {
        line.add(0x0a)
        if line.bytes.count >= LineWriter.blockSize { flush() }
    }

    mutating func flush() {
        line.bytes.withUnsafeBytes { write($0) }
        line.bytes.removeAll(keepingCapacity: line.bytes.capacity <= 16 * LineWriter.blockSize)
    }
}
