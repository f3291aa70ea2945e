/// Bytes that are kept as long as there is room for them.
struct KeptBytes {
    private(set) var bytes: [UInt8] = []
    /// Not all were kept.
    private(set) var isCut = false

    mutating func append(_ more: UnsafeBufferPointer<UInt8>, limit: Int, _ pool: BufferPool) {
        guard !isCut else { return }
        let granted = pool.take(max(0, min(more.count, limit - bytes.count)))
        bytes.append(contentsOf: more.prefix(granted))
        isCut = granted < more.count
    }

    /// Lets `body` append to the bytes, looks at what came, and then keeps of it what there is room for.
    mutating func append<Result>(
        limit: Int, _ pool: BufferPool, _ body: (inout [UInt8]) -> Result, look: (Span<UInt8>) -> Void
    ) -> Result {
        let before = bytes.count
        let result = body(&bytes)
        let added = bytes.count - before
        look(bytes.span.extracting(before...))
        let granted = isCut ? 0 : pool.take(max(0, min(added, limit - before)))
        if granted < added {
            bytes.removeLast(added - granted)
            isCut = true
        }
        return result
    }

    /// What follows is not kept, because something between is missing.
    mutating func cut() {
        isCut = true
    }

    /// Gives the memory back, all but a little.
    mutating func clear(_ pool: BufferPool) {
        pool.give(bytes.count)
        if bytes.capacity > 4096 { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
        isCut = false
    }
}
