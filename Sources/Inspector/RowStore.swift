/// The index records of all rows: the newest in memory, older ones in a file without a name.
struct RowStore {
    static let pageSize = 4096
    private static let recordSize = MemoryLayout<IndexRecord>.stride

    private(set) var count = 0
    /// The first row in memory; always the first of a page.
    private(set) var firstInMemory = 0
    /// Rows before this one are lost, because the disk failed.
    private(set) var firstReadable = 0
    private(set) var file: UnnamedFile?
    private(set) var frames = 0
    private(set) var framesOnDisk = 0

    /// The pages in memory, the oldest first.
    private var pages: [[IndexRecord]] = []
    private let pageLimit: Int

    /// - Parameter rows: How many may be in memory; two pages at the least.
    init(rows: Int) {
        pageLimit = max(2, rows / RowStore.pageSize)
    }

    mutating func append(_ record: IndexRecord) -> Int {
        if count % RowStore.pageSize == 0 {
            if pages.count == pageLimit { evict() }
            var page: [IndexRecord] = []
            page.reserveCapacity(min(RowStore.pageSize, max(64, count)))
            pages.append(page)
        }
        pages[pages.count - 1].append(record)
        if record.kind == .frame { frames += 1 }
        count += 1
        return count - 1
    }

    /// A record that is in memory.
    func record(_ id: Int) -> IndexRecord? {
        guard id >= firstInMemory, id < count else { return nil }
        return pages[(id - firstInMemory) / RowStore.pageSize][id % RowStore.pageSize]
    }

    /// Changes a record if it is in memory still.
    mutating func update(_ id: Int, _ change: (inout IndexRecord) -> Void) {
        guard id >= firstInMemory, id < count else { return }
        change(&pages[(id - firstInMemory) / RowStore.pageSize][id % RowStore.pageSize])
    }

    /// Records that have left memory.
    static func read(_ ids: Range<Int>, from file: UnnamedFile) -> [IndexRecord] {
        [IndexRecord](unsafeUninitializedCapacity: ids.count) { buffer, count in
            let offset = UInt64(ids.lowerBound * recordSize)
            count = file.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset) / recordSize
        }
    }

    private mutating func evict() {
        let page = pages.removeFirst()
        if file == nil { file = UnnamedFile() }
        let offset = UInt64(firstInMemory * RowStore.recordSize)
        let isWritten = page.withUnsafeBytes { file?.write($0, at: offset) ?? false }
        firstInMemory += page.count
        if !isWritten { firstReadable = firstInMemory }
        framesOnDisk += page.count { $0.kind == .frame }
    }
}
