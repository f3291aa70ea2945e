import Capture
import Connection
import Synchronization
import Wire

/// What was said, from disk.
extension Log {
    /// Payload bytes of a frame, unmasked and otherwise as they were on the wire.
    /// - Returns: Fewer than `count` where the payload ends before, none where the recording does not have them.
    package func payload(of row: LogRow, from offset: Int = 0, count: Int) -> [UInt8] {
        guard let frame = row.frame, let location = frame.location, let recording = recording.withLock({ $0 }) else {
            return []
        }
        let left = frame.received > UInt64(max(0, offset)) ? frame.received - UInt64(max(0, offset)) : 0
        let wanted = Int(min(UInt64(max(0, count)), left))
        let start = location.offset + frame.header.size + max(0, offset)
        guard wanted > 0, var bytes = try? recording.bytes(at: location.segment, from: start, count: wanted) else {
            return []
        }
        if let key = frame.header.maskingKey {
            bytes.withUnsafeMutableBytes { Masking.apply(key, to: $0, phase: max(0, offset)) }
        }
        return bytes
    }

    /// What the message of a data frame said: all fragments, inflated.
    /// - Returns: nil for other rows, and where the message did not end (yet).
    package func message(of row: LogRow, from offset: Int = 0, count: Int) -> LogMessage? {
        guard let last = lastRow(ofMessageOf: row), let frame = last.frame else { return nil }
        guard let place = spooledMessage(last.id) else {
            guard frame.header.fin, frame.header.opcode != .continuation, !frame.isCompressed else { return nil }
            return LogMessage(
                opcode: frame.header.opcode, count: Int(clamping: frame.received),
                bytes: payload(of: last, from: offset, count: count), truncation: nil)
        }
        let size = SpooledMessage.size
        guard let preface = SpooledMessage(piece(at: place, count: size).read(from: 0, count: size)) else { return nil }
        let start = min(max(0, offset), preface.count)
        let wanted = min(max(0, count), preface.count - start)
        let bytes = piece(at: place + UInt64(size + start), count: wanted).read(from: 0, count: wanted)
        return LogMessage(
            opcode: preface.opcode, count: preface.count, bytes: bytes, truncation: preface.truncation)
    }

    /// The head of a request or response, or the text of an effect; empty for other rows.
    package func text(of row: LogRow) -> [UInt8] {
        switch row.kind {
        case .request, .response, .effect: break
        case .opened, .established, .frame, .guessed, .undecoded, .hole, .fin, .reset, .closed: return []
        }
        guard let record = record(row.id), record.flags.contains(.hasDetail) else { return [] }
        let count = Int(clamping: record.length)
        return piece(at: record.detail, count: count).read(from: 0, count: count)
    }

    private func piece(at offset: UInt64, count: Int) -> Spool.Piece {
        state.withLock { $0.spool.piece(at: offset, count: count) }
    }

    private func record(_ id: Int) -> IndexRecord? {
        let (record, file) = state.withLock { ($0.rows.record(id), $0.rows.file) }
        return record ?? file.flatMap { RowStore.read(id..<(id + 1), from: $0).first }
    }

    private func spooledMessage(_ id: Int) -> UInt64? { record(id)?.spooledMessage }

    /// The row with which the message of a data frame ended, looked for among the next rows of its connection.
    private func lastRow(ofMessageOf row: LogRow) -> LogRow? {
        guard let frame = row.frame, let message = frame.message else { return nil }
        guard var place = position(of: row.id, in: row.connection) else { return nil }
        while true {
            let rows = rows(of: row.connection, place..<(place + 256))
            for row in rows {
                guard let next = row.frame, next.message == message else { continue }
                if next.header.fin || next.completesMessage { return row }
            }
            guard rows.count == 256 else { return nil }
            place += 256
        }
    }
}
