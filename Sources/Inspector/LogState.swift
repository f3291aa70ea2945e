import Connection
import Wire

/// What a log guards with its lock, and how events change it.
struct LogState: ~Copyable {
    var rows: RowStore
    var connections: ConnectionTable
    var spool = Spool()
    var rates = RateRing()
    /// Whether `Log.growth` is readable already.
    var hasSignalled = false

    init(_ limits: LogLimits) {
        rows = RowStore(rows: limits.rows)
        connections = ConnectionTable(limit: limits.connections)
    }

    mutating func receive(_ event: borrowing Event, _ payload: Span<UInt8>) {
        let place = place(for: event)
        if let place { connections[place].follow(event) }
        switch event.kind {
        case .frame(let frame): receive(frame, event, place)
        case .message(let message): receive(message, payload, place)
        case .closing: break
        case .opened: append(IndexRecord(.opened, event), place)
        case .head(let head):
            var record = IndexRecord(head, event)
            keep(payload, in: &record)
            append(record, place)
        case .established: append(IndexRecord(.established, event), place)
        case .guessed(let side): append(IndexRecord(.guessed, event, side: side), place)
        case .undecoded(let side, let reason):
            var record = IndexRecord(.undecoded, event, side: side)
            record.rules = reason.code
            append(record, place)
        case .hole(let side, let count):
            var record = IndexRecord(.hole, event, side: side)
            record.length = count ?? 0
            if count == nil { record.flags.insert(.isUnknown) }
            append(record, place)
        case .effect:
            var record = IndexRecord(.effect, event)
            keep(payload, in: &record)
            append(record, place)
        case .fin(let side): append(IndexRecord(.fin, event, side: side), place)
        case .reset(let side): append(IndexRecord(.reset, event, side: side), place)
        case .closed: append(IndexRecord(.closed, event), place)
        }
    }

    private mutating func place(for event: borrowing Event) -> Int? {
        if case .opened(let opening) = event.kind {
            return connections.open(event.connection, opening, at: event.time)
        }
        if let place = connections.place(of: event.connection) { return place }
        switch event.kind {
        // These may come after the connection was forgotten.
        case .fin, .reset: return nil
        case .opened, .head, .established, .frame, .message, .guessed, .undecoded, .hole, .effect, .closing, .closed:
            return connections.open(event.connection, nil, at: event.time)
        }
    }

    @discardableResult
    private mutating func append(_ record: IndexRecord, _ place: Int?) -> Int {
        let row = rows.append(record)
        if let place {
            connections[place].rows.append(row, &spool)
            connections[place].summary.rowCount += 1
        }
        return row
    }

    /// Puts text into the spool.
    private mutating func keep(_ text: Span<UInt8>, in record: inout IndexRecord) {
        guard let offset = spool.append(text) else { return }
        record.detail = offset
        record.length = UInt64(text.count)
        record.flags.insert(.hasDetail)
    }

    private mutating func receive(_ frame: Event.Frame, _ event: borrowing Event, _ place: Int?) {
        rates.add(bytes: frame.received, at: event.time)
        let row = append(IndexRecord(frame, event), place)
        guard let place else { return }
        connections[place].rates.add(bytes: frame.received, at: event.time)
        connections[place].remember(frame, row: row)
        guard let answers = frame.answers, let ping = connections[place].row(ofPing: answers.frame) else { return }
        rows.update(ping) { $0.counterpart = Int32(clamping: row - ping) }
        rows.update(row) { $0.counterpart = Int32(clamping: ping - row) }
    }

    /// Puts what was said into the spool, unless the payload of the message's only frame says it as well.
    private mutating func receive(_ message: Event.Message, _ payload: Span<UInt8>, _ place: Int?) {
        guard message.fragments > 1 || message.isCompressed || message.truncation != nil, let place,
            let row = connections[place].lastRow(of: message)
        else { return }
        let preface = SpooledMessage(
            opcode: message.opcode, count: payload.count, truncation: message.truncation)
        guard let offset = spool.append(preface.bytes.span), spool.append(payload) != nil else { return }
        rows.update(row) { record in
            // A frame that was cut off says how much came instead.
            guard !record.flags.contains(.isIncomplete) else { return }
            record.detail = offset
            record.flags.insert(.hasDetail)
        }
    }
}
