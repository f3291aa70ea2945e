/// The four bytes a client's payload is XORed with, RFC 6455 §5.3.
public struct MaskingKey: Hashable, Sendable {
    /// The four bytes, the first on the wire in the lowest eight bits.
    @usableFromInline package let word: UInt32

    @inlinable package init(word: UInt32) { self.word = word }

    /// The four bytes in the order of the wire.
    @inlinable public init(_ b0: UInt8, _ b1: UInt8, _ b2: UInt8, _ b3: UInt8) {
        word = UInt32(b0) | UInt32(b1) << 8 | UInt32(b2) << 16 | UInt32(b3) << 24
    }

    /// The byte that masks the payload byte at `index`: "j = i MOD 4", §5.3.
    @inlinable public subscript(index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: word >> UInt32((index & 3) &* 8))
    }

    /// The key as it applies to a payload whose first `count` bytes were already masked.
    @inlinable package func rotated(by count: Int) -> MaskingKey {
        let shift = UInt32((count & 3) &* 8)
        return shift == 0 ? self : MaskingKey(word: word >> shift | word << (32 &- shift))
    }

    /// In the order of the wire.
    public var bytes: [UInt8] { (0..<4).map { self[$0] } }
}
