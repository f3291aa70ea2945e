package import Connection
import Wire

/// An expression that lets some events through, such as `opcode == ping && !mask` or `text contains "hi"`.
///
/// `FilterField.all` lists what can be asked. Conditions are joined by `and` (`&&`, or nothing) and `or` (`||`), turned
/// by `not` (`!`), grouped by parentheses. The name of an opcode or side alone asks for it; any other word, a string
/// or a /regular expression/ looks for a text. Texts are looked at in full length.
package struct Filter {
    package let source: String
    private let node: FilterNode

    package init(_ source: String) throws(FilterError) {
        self.source = source
        node = try FilterParser.parse(source)
    }

    /// - Parameters:
    ///   - payload: As the event came with it.
    ///   - path: The target of the connection's request.
    package func matches(_ event: borrowing Event, payload: Span<UInt8>, path: String?) -> Bool {
        let facts = FilterFacts(event, payload: payload)
        return payload.withUnsafeBytes { bytes in
            var texts = EventTexts(payload: bytes, path: path)
            return node.matches(facts, &texts)
        }
    }

    /// A row of the log, whose payload is read if the expression asks for it.
    package func matches(_ row: LogRow, in log: Log) -> Bool {
        var texts = RowTexts(row: row, log: log)
        return node.matches(FilterFacts(row, in: log), &texts)
    }
}

private struct EventTexts: FilterTexts {
    let payload: UnsafeRawBufferPointer
    let path: String?

    mutating func hasText(
        _ field: FieldType.Text, _ facts: FilterFacts, _ test: (UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        switch field {
        case .payload:
            // Deflated bytes say nothing; the message does that follows.
            facts.isCompressed && facts.kind == .frame ? false : test(payload)
        case .path: path.map { Array($0.utf8).withUnsafeBytes(test) } ?? false
        case .closeReason:
            facts.opcode == 8 && payload.count >= 2 && test(UnsafeRawBufferPointer(rebasing: payload[2...]))
        }
    }
}

private struct RowTexts: FilterTexts {
    let row: LogRow
    let log: Log
    private var payload: [UInt8]?

    init(row: LogRow, log: Log) {
        self.row = row
        self.log = log
    }

    mutating func hasText(
        _ field: FieldType.Text, _ facts: FilterFacts, _ test: (UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        switch field {
        case .path:
            let path = log.connection(row.connection)?.path
            return path.map { Array($0.utf8).withUnsafeBytes(test) } ?? false
        case .payload:
            return read().withUnsafeBytes(test)
        case .closeReason:
            guard facts.opcode == 8 else { return false }
            let bytes = read()
            return bytes.count >= 2 && bytes[2...].withUnsafeBytes(test)
        }
    }

    /// What the row says: the message if it completes one, else its payload.
    private mutating func read() -> [UInt8] {
        if let payload { return payload }
        let most = ObserverLimits.default.message
        let read: [UInt8]
        if let frame = row.frame {
            if frame.completesMessage {
                read = log.message(of: row, count: most)?.bytes ?? []
            } else {
                read = frame.isCompressed ? [] : log.payload(of: row, count: most)
            }
        } else {
            read = log.text(of: row)
        }
        payload = read
        return read
    }
}
