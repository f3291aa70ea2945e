import Connection
import Synchronization
import Wire

/// Keeps what it is told, and pauses when asked to.
final class ListeningTap: Tap {
    struct Told: Hashable {
        var openings: [Opening] = []
        /// In the order told; bytes of one side that follow each other are one entry.
        var kinds: [Segment.Kind] = []
        var bytes: [Side: [UInt8]] = [:]
        var times: [Timestamp] = []
    }

    private struct State {
        var connections: [Told] = []
        var isFull = false
        var resume: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// The n-th connection, from 0; empty as long as it is not open.
    subscript(connection: Int) -> Told {
        state.withLock { $0.connections.indices.contains(connection) ? $0.connections[connection] : Told() }
    }

    /// Without holding on to the bytes, which would have to be copied with the next that come.
    func hasFIN(_ connection: Int, from side: Side) -> Bool {
        state.withLock {
            $0.connections.indices.contains(connection) && $0.connections[connection].kinds.contains(.fin(from: side))
        }
    }

    var count: Int { state.withLock { $0.connections.count } }

    /// While true, every answer to bytes is `.pause`.
    var isFull: Bool {
        get { state.withLock { $0.isFull } }
        set {
            let resume = state.withLock { state in
                state.isFull = newValue
                guard !newValue else { return [@Sendable () -> Void]() }
                defer { state.resume = [] }
                return state.resume
            }
            for each in resume { each() }
        }
    }

    func open(_ opening: Opening, at time: Timestamp) -> ConnectionID {
        state.withLock { state in
            state.connections.append(Told(openings: [opening], times: [time]))
            return ConnectionID(rawValue: UInt32(state.connections.count))
        }
    }

    func bytes(
        _ connection: ConnectionID, from side: Side, at time: Timestamp, _ bytes: UnsafeRawBufferPointer
    ) -> TapDemand {
        state.withLock { state in
            let index = Int(connection.rawValue) - 1
            state.connections[index].bytes[side, default: []] += bytes
            state.connections[index].times.append(time)
            if state.connections[index].kinds.last != .bytes(from: side) {
                state.connections[index].kinds.append(.bytes(from: side))
            }
            return state.isFull ? .pause : .continue
        }
    }

    func note(_ connection: ConnectionID, _ kind: Segment.Kind, at time: Timestamp) {
        state.withLock { state in
            state.connections[Int(connection.rawValue) - 1].kinds.append(kind)
            state.connections[Int(connection.rawValue) - 1].times.append(time)
        }
    }

    func whenDrained(_ resume: @escaping @Sendable () -> Void) {
        let isFull = state.withLock { state in
            if state.isFull { state.resume.append(resume) }
            return state.isFull
        }
        if !isFull { resume() }
    }
}
