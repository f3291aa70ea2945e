import Connection
import Inspector

/// The rows that a filter lets through, found a stretch at a time so that a redraw never waits for a long log.
struct FilterScan {
    /// As it was typed.
    let source: String
    private let filter: TextFilter
    private(set) var scope: Scope
    /// In their order.
    private(set) var ids: [Int] = []
    /// The first position of the scope's rows that was not looked at.
    private var next = 0
    /// Every row there is was looked at.
    private(set) var isComplete = false

    init(_ source: String, _ filter: TextFilter, in scope: Scope) {
        self.source = source
        self.filter = filter
        self.scope = scope
    }

    /// Rows a redraw: a few milliseconds.
    static let budget = 8192

    mutating func restart(in scope: Scope) { self = FilterScan(source, filter, in: scope) }

    /// Looks at the next rows, `budget` of them at most.
    mutating func advance(_ log: Log, end: Int, budget: Int) {
        let list = RowList(log: log, scope: scope, end: end, matches: nil)
        let stop = min(list.count, next + budget)
        if next < stop {
            for row in list.rows(next..<stop) where filter.matches(row, in: log) { ids.append(row.id) }
            next = stop
        }
        isComplete = next >= list.count
    }

    func contains(_ id: Int) -> Bool {
        let index = RowList.lowerBound(of: id, in: ids)
        return index < ids.count && ids[index] == id
    }
}

extension Watch {
    /// Lets the filter look at what it has not seen.
    /// - Returns: Whether there is more to look at.
    mutating func scan() -> Bool {
        guard filter != nil else { return false }
        let end = end
        filter?.advance(log, end: end, budget: FilterScan.budget)
        return filter?.isComplete == false
    }
}
