/// Masking and unmasking, which are the same operation: `transformed[i] = original[i] XOR key[i MOD 4]`, RFC 6455 §5.3.
///
/// In blocks of `SIMD8<UInt64>`: of the wide vector types it is one whose operators the compiler turns into vector
/// instructions (with `SIMD64<UInt8>` each byte went through a generic call, 300 times slower).
package enum Masking {
    /// XORs `bytes` in place.
    /// - Parameter phase: How many bytes of the same payload came before, so that a payload may arrive in pieces.
    package static func apply(_ key: MaskingKey, to bytes: UnsafeMutableRawBufferPointer, phase: Int = 0) {
        guard let base = bytes.baseAddress else { return }
        transform(key.rotated(by: phase), from: UnsafeRawPointer(base), to: base, count: bytes.count)
    }

    /// Copies `source` to `target` and masks on the way: one pass over memory instead of two.
    /// - Precondition: `target` has room for `source.count` bytes and does not partly overlap it.
    package static func copy(
        _ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer, key: MaskingKey, phase: Int = 0
    ) {
        guard let base = source.baseAddress else { return }
        transform(key.rotated(by: phase), from: base, to: target, count: source.count)
    }

    private static func transform(
        _ key: MaskingKey, from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int
    ) {
        if count >= 16 {
            wide(key, from: source, to: target, count: count)
        } else if count >= 8 {
            ends(key, from: source, to: target, count: count)
        } else {
            for index in 0..<count {
                target.storeBytes(
                    of: source.load(fromByteOffset: index, as: UInt8.self) ^ key[index], toByteOffset: index,
                    as: UInt8.self)
            }
        }
    }

    /// Whole blocks from the front, and one that ends with the last byte. That one overlaps the others, so it is read
    /// before any of them is written.
    private static func wide(
        _ key: MaskingKey, from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int
    ) {
        let last = count &- 16
        let end = source.loadUnaligned(fromByteOffset: last, as: SIMD2<UInt64>.self)
        let block64 = SIMD8<UInt64>(repeating: double(key))
        var index = 0
        while index <= count &- 64 {
            let block = source.loadUnaligned(fromByteOffset: index, as: SIMD8<UInt64>.self)
            target.storeBytes(of: block ^ block64, toByteOffset: index, as: SIMD8<UInt64>.self)
            index &+= 64
        }
        let block16 = SIMD2<UInt64>(repeating: double(key))
        while index < last {
            let block = source.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
            target.storeBytes(of: block ^ block16, toByteOffset: index, as: SIMD2<UInt64>.self)
            index &+= 16
        }
        let endKey = SIMD2<UInt64>(repeating: double(key.rotated(by: last)))
        target.storeBytes(of: end ^ endKey, toByteOffset: last, as: SIMD2<UInt64>.self)
    }

    /// 8…15 bytes: the first eight and the last eight.
    private static func ends(
        _ key: MaskingKey, from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int
    ) {
        let last = count &- 8
        let front = source.loadUnaligned(as: UInt64.self)
        let end = source.loadUnaligned(fromByteOffset: last, as: UInt64.self)
        target.storeBytes(of: front ^ double(key), as: UInt64.self)
        target.storeBytes(of: end ^ double(key.rotated(by: last)), toByteOffset: last, as: UInt64.self)
    }

    /// The key twice, laid out as it lies in memory.
    private static func double(_ key: MaskingKey) -> UInt64 {
        (UInt64(key.word) | UInt64(key.word) << 32).littleEndian
    }
}
