import Connection
import Wire

/// Whose bytes are told, and when: what all segments that one packet gives rise to have in common.
struct SegmentOrigin {
    let connection: ConnectionID
    let time: Timestamp
    /// Where in the file the packet is.
    let location: UInt64

    func tell<Sink: SegmentSink>(_ kind: Segment.Kind, into sink: inout Sink) {
        sink.receive(Segment(connection: connection, time: time, kind: kind, location: location), Span())
    }

    /// - Parameter location: Where in the file the packet is whose payload these bytes are, nil for a part of one.
    func tell<Sink: SegmentSink>(_ bytes: Span<UInt8>, from side: Side, location: UInt64?, into sink: inout Sink) {
        sink.receive(
            Segment(connection: connection, time: time, kind: .bytes(from: side), location: location), bytes)
    }
}
