/// Writes numbers and bytes one behind the other into a space of known length.
struct ByteWriter {
    private let space: UnsafeMutableRawBufferPointer
    private(set) var offset = 0

    init(_ space: UnsafeMutableRawBufferPointer) { self.space = space }

    /// A number in the machine's byte order.
    mutating func native<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        space.storeBytes(of: number, toByteOffset: offset, as: Number.self)
        offset += MemoryLayout<Number>.size
    }

    /// A number in network byte order.
    mutating func network<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) { native(number.bigEndian) }

    mutating func bytes(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        UnsafeMutableRawBufferPointer(rebasing: space[offset..<offset + bytes.count]).copyMemory(from: bytes)
        offset += bytes.count
    }

    /// Zeroes up to the next multiple of four.
    mutating func pad() {
        while offset % 4 != 0 { native(UInt8(0)) }
    }

    /// An option of pcapng.
    mutating func option(_ code: UInt16, _ value: [UInt8]) {
        native(code)
        native(UInt16(value.count))
        value.withUnsafeBytes { bytes($0) }
        pad()
    }

    /// Stores a number in the machine's byte order over what was written before.
    func set(_ number: UInt16, at offset: Int) { space.storeBytes(of: number, toByteOffset: offset, as: UInt16.self) }

    func written(from start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: space[start..<offset])
    }
}
