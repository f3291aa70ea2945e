import Wire

/// The memory that all observed connections share, so that together they stay within one limit.
final class BufferPool {
    private let limit: Int
    private var used = 0
    private var scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

    init(limit: Int) {
        self.limit = limit
    }

    deinit { scratch.deallocate() }

    /// - Returns: How many of `count` bytes may be kept; `give` them back.
    func take(_ count: Int) -> Int {
        let granted = max(0, min(count, limit - used))
        used += granted
        return granted
    }

    func give(_ count: Int) {
        used -= count
    }

    /// The bytes without their mask, valid until the next call.
    func unmask(_ bytes: UnsafeBufferPointer<UInt8>, _ key: MaskingKey, phase: Int) -> UnsafeBufferPointer<UInt8> {
        if scratch.count < bytes.count {
            scratch.deallocate()
            scratch = .allocate(byteCount: bytes.count, alignment: 16)
        }
        guard let base = scratch.baseAddress else { return bytes }
        Masking.copy(UnsafeRawBufferPointer(bytes), to: base, key: key, phase: phase)
        return UnsafeBufferPointer(start: base.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    }
}
