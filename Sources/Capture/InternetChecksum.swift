/// The checksum of IP and TCP, RFC 1071: the one's complement sum of 16-bit words.
struct InternetChecksum {
    /// Sum of words in the machine's order, which commutes with swapping the bytes of the result (RFC 1071 §2 B).
    private var sum: UInt64 = 0

    /// Adds bytes; an odd one at the end is padded, so that only the last call may have an odd count.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var at = 0
        while at + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            sum &+= (word & 0xffff_ffff) &+ (word >> 32)
            at += 8
        }
        while at + 2 <= bytes.count {
            sum &+= UInt64(bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self))
            at += 2
        }
        if at < bytes.count { sum &+= UInt64(UInt16(littleEndian: UInt16(bytes[at]))) }
    }

    /// Adds a number in network order.
    mutating func add(_ number: UInt16) { sum &+= UInt64(number.bigEndian) }

    /// The checksum, to be stored in the machine's order.
    var value: UInt16 {
        var folded = sum
        while folded > 0xffff { folded = (folded & 0xffff) &+ (folded >> 16) }
        return ~UInt16(truncatingIfNeeded: folded)
    }
}
