import Connection
import Inspector

/// The rows that a filter lets through, found a stretch at a time so that a redraw never waits for a long log.
struct FilterScan {
    private let filter: Filter
    private(set) var scope: Scope
    /// In their order.
    private(set) var ids: [Int] = []
    /// The first position of the scope's rows that was not looked at.
    private var next = 0
    /// Every row there is was looked at.
    private(set) var isComplete = false

    init(_ filter: Filter, in scope: Scope) {
        self.filter = filter
        self.scope = scope
    }

    /// As it was typed.
    var source: String { filter.source }

    mutating func restart(in scope: Scope) { self = FilterScan(filter, in: scope) }

    /// Looks at the next rows, until there are no more or `isOver`.
    mutating func advance(_ log: Log, end: Int, until isOver: () -> Bool) {
        let list = RowList(log: log, scope: scope, end: end, matches: nil)
        while next < list.count {
            let stop = min(list.count, next + FilterScan.stretch)
            for row in list.rows(next..<stop) where filter.matches(row, in: log) { ids.append(row.id) }
            next = stop
            if isOver() { break }
        }
        isComplete = next >= list.count
    }

    /// Rows between two looks at the clock; each may cost a read of its payload.
    private static let stretch = 64

    func contains(_ id: Int) -> Bool {
        let index = RowList.lowerBound(of: id, in: ids)
        return index < ids.count && ids[index] == id
    }
}

extension Watch {
    /// Lets the filter look at what it has not seen.
    /// - Returns: Whether there is more to look at.
    mutating func scan(until isOver: () -> Bool = { false }) -> Bool {
        guard filter != nil else { return false }
        let end = end
        filter?.advance(log, end: end, until: isOver)
        return filter?.isComplete == false
    }
}
