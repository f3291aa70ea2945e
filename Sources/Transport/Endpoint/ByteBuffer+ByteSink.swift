import Connection
import NIOCore

extension ByteBuffer: ByteSink {
    package mutating func append(capacity: Int, _ write: (UnsafeMutableRawBufferPointer) -> Int) {
        writeWithUnsafeMutableBytes(minimumWritableBytes: capacity, write)
    }
}
