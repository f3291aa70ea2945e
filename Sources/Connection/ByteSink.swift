/// Where an endpoint writes what goes over the wire: the transport's own memory, so that bytes are copied once.
package protocol ByteSink {
    /// Appends what `write` puts at the front of at least `capacity` bytes; `write` returns how many that are.
    mutating func append(capacity: Int, _ write: (UnsafeMutableRawBufferPointer) -> Int)
}

extension ByteSink {
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        append(capacity: bytes.count) { target in
            target.copyMemory(from: bytes)
            return bytes.count
        }
    }
}

extension [UInt8]: ByteSink {
    package mutating func append(capacity: Int, _ write: (UnsafeMutableRawBufferPointer) -> Int) {
        let start = count
        append(contentsOf: repeatElement(0, count: capacity))
        let written = withUnsafeMutableBytes { write(UnsafeMutableRawBufferPointer(rebasing: $0[start...])) }
        removeLast(capacity - written)
    }
}
