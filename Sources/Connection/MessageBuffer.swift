/// The bytes of a message or a control frame that did not come in one piece, in memory that stays where it is while
/// somebody looks at it. Held only while there is such a message.
final class MessageBuffer {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 16)
        base = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: base, count: count) }

    /// Makes the content longer by `size` bytes, and gives that room to be filled.
    func extend(by size: Int) -> UnsafeMutableRawBufferPointer {
        if count + size > capacity { grow(to: count + size) }
        defer { count += size }
        return UnsafeMutableRawBufferPointer(start: base + count, count: size)
    }

    private func grow(to needed: Int) {
        capacity = max(needed, capacity * 2)
        let new = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        new.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = new
    }
}
