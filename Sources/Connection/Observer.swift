import Wire

/// Watches any number of connections of others, both directions each: segments in, events out.
///
/// Everything is judged and nothing repaired. Whatever the peers send is described; memory stays within the limits,
/// and what a connection took is free when it has ended.
package struct Observer<Sink: EventSink>: SegmentSink {
    package var sink: Sink
    private let limits: ObserverLimits
    private let pool: BufferPool
    private var connections: [ConnectionID: Box] = [:]
    /// The one that got the last segment: most often the next is for it too.
    private var recent: Box?

    /// Where a connection stays while it changes: one look in the table a segment at most.
    private final class Box {
        var connection: ObservedConnection

        init(_ connection: ObservedConnection) { self.connection = connection }
    }

    package init(sink: Sink, limits: ObserverLimits = .default) {
        self.sink = sink
        self.limits = limits
        pool = BufferPool(limit: limits.total)
    }

    package mutating func receive(_ segment: Segment, _ bytes: Span<UInt8>) {
        guard let box = box(for: segment) else { return }
        box.connection.receive(segment, bytes, &sink)
        if box.connection.isOver {
            connections[segment.connection] = nil
            recent = nil
        }
    }

    /// The recording ends here: tells of every connection still open how far it came.
    package mutating func finish() {
        recent = nil
        let open = connections.values.sorted { $0.connection.state.id < $1.connection.state.id }
        connections = [:]
        for box in open { box.connection.finish(&sink) }
    }

    /// How the ending of a connection stands; nil once it was told, or where there is no such connection.
    package func closure(of id: ConnectionID) -> Closure? {
        connections[id]?.connection.state.closure()
    }

    private mutating func box(for segment: Segment) -> Box? {
        if let recent, recent.connection.state.id == segment.connection { return recent }
        if let known = connections[segment.connection] {
            recent = known
            return known
        }
        switch segment.kind {
        case .opened, .bytes, .hole, .effect:
            let state = ConnectionState(
                id: segment.connection, limits: limits, pool: pool, closing: ClosingRecord(opened: segment.time))
            let new = Box(ObservedConnection(state))
            connections[segment.connection] = new
            recent = new
            return new
        case .fin(let side):
            // After the end, as TCP allows: a last FIN or RST of a connection that was told already.
            let event = Event(connection: segment.connection, time: segment.time, kind: .fin(from: side))
            sink.receive(event, payload: Span())
            return nil
        case .reset(let side):
            let event = Event(connection: segment.connection, time: segment.time, kind: .reset(from: side))
            sink.receive(event, payload: Span())
            return nil
        }
    }
}
