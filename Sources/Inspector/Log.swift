package import Capture
package import Connection
import Synchronization

/// Everything that was observed: a small record a row, payloads on disk.
///
/// Fed by an observer on one thread, read by others at any time; a read copies what it asks for and keeps nobody
/// waiting. The newest rows are in memory, older ones in a file without a name, from where they are read as well.
package final class Log: EventSink, Sendable {
    /// What there is to read and where it is.
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

    /// A file descriptor that becomes readable when the log has grown since the last `acknowledge`.
    package var growth: Int32 { signal.descriptor }

    let state: Mutex<LogState>
    let recording = Mutex<Recording?>(nil)
    private let signal = GrowthSignal()

    package init(limits: LogLimits = .default) {
        state = Mutex(LogState(limits))
    }

    package func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        let isFirst = state.withLock { state in
            state.receive(event, payload)
            defer { state.hasSignalled = true }
            return !state.hasSignalled
        }
        if isFirst { signal.set() }
    }

    /// Makes `growth` wait for what comes from now on.
    package func acknowledge() {
        state.withLock { state in
            signal.clear()
            state.hasSignalled = false
        }
    }

    /// Where payloads are read from; set before the first event that has a location.
    package func attach(_ recording: Recording) {
        self.recording.withLock { $0 = recording }
    }

    package var extent: Extent {
        state.withLock { state in
            Extent(
                count: state.rows.count, firstInMemory: state.rows.firstInMemory,
                firstReadable: state.rows.firstReadable, frames: state.rows.frames,
                framesOnDisk: state.rows.framesOnDisk)
        }
    }
}

/// Connections.
extension Log {
    /// How many connections are known: closed ones beyond the limit are forgotten, the oldest first.
    package var connectionCount: Int { state.withLock { $0.connections.count } }

    /// In the order in which they opened, by their place among those known.
    package func connections(_ range: Range<Int>) -> [ConnectionSummary] {
        state.withLock { state in
            range.clamped(to: 0..<state.connections.count).map { state.connections[$0].summary }
        }
    }

    package func connection(_ id: ConnectionID) -> ConnectionSummary? {
        state.withLock { state in state.connections.place(of: id).map { state.connections[$0].summary } }
    }

    /// The place of a connection, for `connections(_:)`.
    package func index(of connection: ConnectionID) -> Int? {
        state.withLock { $0.connections.place(of: connection) }
    }

    /// Frames and bytes of the last full seconds before `now`, at most 63, the newest last; of one connection or all.
    package func rates(of connection: ConnectionID? = nil, seconds: Int, before now: Timestamp) -> [Rate] {
        state.withLock { state in
            guard let connection else { return state.rates.last(seconds, before: now) }
            let ring = state.connections.place(of: connection).map { state.connections[$0].rates }
            return (ring ?? RateRing()).last(seconds, before: now)
        }
    }
}
