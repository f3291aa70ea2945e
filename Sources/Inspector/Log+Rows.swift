package import Connection
import Synchronization

/// Rows, from memory or from disk.
extension Log {
    package func row(_ id: Int) -> LogRow? {
        rows(id..<(id + 1)).first
    }

    /// The rows of that range that can be read, in their order.
    package func rows(_ range: Range<Int>) -> [LogRow] {
        let read = state.withLock { state -> (old: Range<Int>, file: UnnamedFile?, new: [LogRow]) in
            let readable = range.clamped(to: state.rows.firstReadable..<state.rows.count)
            let memory = readable.clamped(to: state.rows.firstInMemory..<state.rows.count)
            let new = memory.compactMap { id in state.rows.record(id)?.row(id: id) }
            let end = max(readable.lowerBound, min(readable.upperBound, state.rows.firstInMemory))
            return (readable.lowerBound..<end, state.rows.file, new)
        }
        guard !read.old.isEmpty, let file = read.file else { return read.new }
        let old = zip(read.old, RowStore.read(read.old, from: file)).map { $1.row(id: $0) }
        return old + read.new
    }

    /// The rows of one connection, by their place among them, from 0 to its `rowCount`.
    package func rows(of connection: ConnectionID, _ range: Range<Int>) -> [LogRow] {
        let ids = state.withLock { state in
            state.connections.place(of: connection).map { state.connections[$0].rows.rows(range, state.spool) } ?? []
        }
        return rows(ids)
    }

    /// The place of a row among those of its connection, for `rows(of:_:)`; where it belongs to another connection, that
    /// of the last one before it. nil where there is none.
    package func position(of row: Int, in connection: ConnectionID) -> Int? {
        state.withLock { state in
            state.connections.place(of: connection).flatMap {
                state.connections[$0].rows.place(of: row, state.spool)
            }
        }
    }

    private func rows(_ ids: [Int]) -> [LogRow] {
        let read = state.withLock { state in
            (file: state.rows.file, rows: ids.map { id in (id, state.rows.record(id)) })
        }
        return read.rows.compactMap { id, record in
            if let record { return record.row(id: id) }
            guard id >= 0, let file = read.file else { return nil }
            return RowStore.read(id..<(id + 1), from: file).first?.row(id: id)
        }
    }
}
