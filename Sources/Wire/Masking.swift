/// Masking and unmasking, which are the same operation: `transformed[i] = original[i] XOR key[i MOD 4]`, RFC 6455 §5.3.
///
/// 64 bytes a step: the loop has no carried dependency, so the compiler keeps it in SIMD registers.
package enum Masking {
    private typealias Lane = SIMD64<UInt8>

    /// XORs `bytes` in place.
    /// - Parameter phase: How many bytes of the same payload came before, so that a payload may arrive in pieces.
    package static func apply(_ key: MaskingKey, to bytes: UnsafeMutableRawBufferPointer, phase: Int = 0) {
        guard let base = bytes.baseAddress else { return }
        transform(key, from: UnsafeRawPointer(base), to: base, count: bytes.count, phase: phase)
    }

    /// Copies `source` to `target` and masks on the way: one pass over memory instead of two.
    /// - Precondition: `target` has room for `source.count` bytes and does not partly overlap it.
    package static func copy(
        _ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer, key: MaskingKey, phase: Int = 0
    ) {
        guard let base = source.baseAddress else { return }
        transform(key, from: base, to: target, count: source.count, phase: phase)
    }

    private static func transform(
        _ key: MaskingKey, from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int, phase: Int
    ) {
        // Every step below is a multiple of four, so one rotation serves them all.
        let word = key.rotated(by: phase).word
        var index = 0
        if count >= 64 {
            let wide = unsafeBitCast(SIMD16<UInt32>(repeating: UInt32(littleEndian: word)), to: Lane.self)
            while index &+ 64 <= count {
                let block = source.loadUnaligned(fromByteOffset: index, as: Lane.self)
                target.storeBytes(of: block ^ wide, toByteOffset: index, as: Lane.self)
                index &+= 64
            }
        }
        let double = UInt64(word) | UInt64(word) << 32
        while index &+ 8 <= count {
            let block = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            target.storeBytes(of: (block ^ double).littleEndian, toByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        let rest = MaskingKey(word: word)
        while index < count {
            let byte = source.load(fromByteOffset: index, as: UInt8.self) ^ rest[index]
            target.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
            index &+= 1
        }
    }
}
