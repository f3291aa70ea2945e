import Connection

/// The rows of one connection: the k-th of them at once, four bytes each, the older ones in the spool.
struct RowList {
    private static let pageSize = 1024
    /// Pages that stay in memory beside the one that is being filled.
    private static let pagesInMemory = 3

    private(set) var count = 0
    /// The first row of each page that is in the spool, and where.
    private var spooled: [(first: UInt32, offset: UInt64?)] = []
    private var recent: [UInt32] = []

    mutating func append(_ row: Int, _ spool: inout Spool) {
        if recent.count == RowList.pageSize * (RowList.pagesInMemory + 1) {
            let offset = recent[..<RowList.pageSize].withUnsafeBytes { spool.append($0) }
            spooled.append((recent[0], offset))
            recent.removeFirst(RowList.pageSize)
        }
        recent.append(UInt32(truncatingIfNeeded: row))
        count += 1
    }

    /// The rows at these places; those that cannot be read any more are left out.
    func rows(_ places: Range<Int>, _ spool: Spool) -> [Int] {
        let places = places.clamped(to: 0..<count)
        let firstRecent = spooled.count * RowList.pageSize
        var rows: [Int] = []
        var place = places.lowerBound
        while place < min(places.upperBound, firstRecent) {
            let page = place / RowList.pageSize
            let end = min(places.upperBound, (page + 1) * RowList.pageSize)
            rows += read(page, spool)[(place % RowList.pageSize)...].prefix(end - place)
            place = end
        }
        if place < places.upperBound {
            rows += recent[(place - firstRecent)..<(places.upperBound - firstRecent)].map { Int($0) }
        }
        return rows
    }

    /// The place of `row`, or of the last one before it; nil where all come after it.
    func place(of row: Int, _ spool: Spool) -> Int? {
        let row = UInt32(clamping: row)
        if let first = recent.first, first <= row {
            return spooled.count * RowList.pageSize + RowList.lastIndex(recent, notAfter: row)
        }
        guard let page = spooled.lastIndex(where: { $0.first <= row }) else { return nil }
        let rows = read(page, spool).map { UInt32(clamping: $0) }
        return page * RowList.pageSize + RowList.lastIndex(rows, notAfter: row)
    }

    private func read(_ page: Int, _ spool: Spool) -> [Int] {
        let size = RowList.pageSize * 4
        guard let offset = spooled[page].offset else { return Array(repeating: -1, count: RowList.pageSize) }
        let bytes = spool.piece(at: offset, count: size).read(from: 0, count: size)
        guard bytes.count == size else { return Array(repeating: -1, count: RowList.pageSize) }
        return bytes.withUnsafeBytes { raw in
            (0..<RowList.pageSize).map { Int(raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)) }
        }
    }

    /// - Precondition: `rows` ascend, and the first is not after `row`.
    private static func lastIndex(_ rows: [UInt32], notAfter row: UInt32) -> Int {
        var low = 0
        var high = rows.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if rows[middle] <= row { low = middle } else { high = middle }
        }
        return low
    }
}
