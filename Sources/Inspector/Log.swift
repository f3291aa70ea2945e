package import Capture
package import Connection
package import Wire

/// Everything that was observed: a small record a row, payloads on disk.
///
/// Fed by an observer on one thread, read by others at any time; a read copies what it asks for and keeps nobody
/// waiting. The newest rows are in memory, older ones in a file without a name, from where they are read as well.
package final class Log: EventSink, Sendable {
    /// What `rows` can tell and where from.
    package struct Extent: Hashable, Sendable {
        /// How many rows there ever were; ids are below.
        package let count: Int
        /// The first row that is in memory.
        package let firstInMemory: Int
        /// The first row that can be read at all; 0 unless the disk failed.
        package let firstReadable: Int
        /// How many frames are among the rows, and how many of those have left memory.
        package let frames: Int
        package let framesOnDisk: Int
    }

    package init(limits: LogLimits = .default) { fatalError("declared, to be written next") }

    package func receive(_ event: borrowing Event, payload: Span<UInt8>) {}

    /// Where payloads are read from; set before the first event that has a location.
    package func attach(_ recording: Recording) {}

    /// Becomes readable when the log has grown since the last `acknowledge`: for a dispatch source or `poll`.
    package let growth: Int32 = -1
    package func acknowledge() {}

    package var extent: Extent { fatalError("declared, to be written next") }

    /// The rows of that range that can be read.
    package func rows(_ range: Range<Int>) -> [LogRow] { [] }
    package func row(_ id: Int) -> LogRow? { nil }

    /// In the order in which they opened. Closed ones beyond the limit are forgotten, the oldest first.
    package var connectionCount: Int { 0 }
    package func connections(_ range: Range<Int>) -> [ConnectionSummary] { [] }
    package func connection(_ id: ConnectionID) -> ConnectionSummary? { nil }
    /// The place of a connection among all, for `connections(_:)`.
    package func index(of connection: ConnectionID) -> Int? { nil }

    /// The rows of one connection, counted from 0 to its `rowCount`.
    package func rows(of connection: ConnectionID, _ range: Range<Int>) -> [LogRow] { [] }
    /// The place of a row among those of its connection; of the one before where it belongs to another.
    package func position(of row: Int, in connection: ConnectionID) -> Int? { nil }

    /// Payload bytes of a frame, unmasked, as they were on the wire; fewer than asked for where it ends before.
    package func payload(of row: LogRow, from offset: Int = 0, count: Int) -> [UInt8] { [] }
    /// What a data frame's message said: all fragments, inflated. nil where that is not known (yet).
    package func message(of row: LogRow, from offset: Int = 0, count: Int) -> LogMessage? { nil }
    /// The head of a request or response, or the text of an effect.
    package func text(of row: LogRow) -> [UInt8] { [] }

    /// Frames and bytes of the last full seconds before `now`, the newest last; of one connection or all.
    package func rates(of connection: ConnectionID? = nil, seconds: Int, before now: Timestamp) -> [Rate] { [] }
}

/// How much a log keeps in memory.
package struct LogLimits: Hashable, Sendable {
    /// Rows, of 64 bytes each.
    package var rows: Int
    /// Connections, the closed ones of which are forgotten first.
    package var connections: Int

    package init(rows: Int = 262_144, connections: Int = 10_000) {
        self.rows = rows
        self.connections = connections
    }

    package static let `default` = LogLimits()
}

/// What a message said, or a part of it.
package struct LogMessage: Hashable, Sendable {
    package let opcode: Opcode
    /// Bytes of the whole message, as far as they are kept.
    package let count: Int
    package let bytes: [UInt8]
    /// Why `count` is less than was said.
    package let truncation: Event.Truncation?
}

/// What happened in one second.
package struct Rate: Hashable, Sendable {
    package var frames: UInt32 = 0
    package var bytes: UInt64 = 0
    package init() {}
}
