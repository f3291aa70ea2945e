import Connection
import Inspector

/// Whose rows the ladder shows.
enum Scope: Hashable, Sendable {
    case all
    case connection(ConnectionID)
}

/// The rows that the ladder walks through, by position: of all connections or one, up to the pause, all or those that
/// the filter lets through. Reads only what is asked for.
struct RowList {
    let log: Log
    let scope: Scope
    /// Rows from this id on came after the pause.
    let end: Int
    /// Ids of the rows that are shown, in their order; nil where all are.
    let matches: [Int]?
    let count: Int

    init(log: Log, scope: Scope, end: Int, matches: [Int]?) {
        self.log = log
        self.scope = scope
        self.end = end
        if let matches {
            self.matches = matches
            count = RowList.lowerBound(of: end, in: matches)
        } else {
            self.matches = nil
            count =
                switch scope {
                case .all: end
                case .connection(let id): end == 0 ? 0 : (log.position(of: end - 1, in: id) ?? -1) + 1
                }
        }
    }

    func rows(_ positions: Range<Int>) -> [LogRow] {
        let range = positions.clamped(to: 0..<count)
        if let matches { return matches[range].compactMap { log.row($0) } }
        return switch scope {
        case .all: log.rows(range)
        case .connection(let id): log.rows(of: id, range)
        }
    }

    func row(at position: Int) -> LogRow? {
        position >= 0 && position < count ? rows(position..<(position + 1)).first : nil
    }

    var last: LogRow? { row(at: count - 1) }

    /// Where a row stands, or else the one before it; nil where there is none.
    func position(of id: Int) -> Int? {
        if let matches {
            let position = RowList.lowerBound(of: id + 1, in: matches) - 1
            return position < 0 ? nil : min(position, count - 1)
        }
        switch scope {
        case .all: return count == 0 ? nil : min(id, count - 1)
        case .connection(let connection): return log.position(of: id, in: connection).map { min($0, count - 1) }
        }
    }

    /// Where a frame stands that is counted within its connection; of all connections the first of that number.
    func firstPosition(ofFrame number: UInt64) -> Int? {
        // Rows come in the order of their frames, and a frame is never before its number.
        var position = Int(clamping: number)
        while position < count {
            let chunk = rows(position..<min(count, position + 256))
            if let index = chunk.firstIndex(where: { $0.frame?.number == number }) { return position + index }
            if chunk.isEmpty { return nil }
            position += chunk.count
        }
        return nil
    }

    /// How many of the ids are below `bound`.
    static func lowerBound(of bound: Int, in ids: [Int]) -> Int {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
