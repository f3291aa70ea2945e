import Connection
import Wire

/// A segment with its bytes, to be compared.
struct Told: Hashable, CustomStringConvertible {
    let connection: UInt32
    let time: UInt64
    let kind: Segment.Kind
    var bytes: [UInt8] = []

    var description: String { "#\(connection) \(time) \(kind) \(bytes.count) B" }
}

/// Keeps what it is told.
struct Collector: SegmentSink {
    var segments: [Told] = []
    var locations: [UInt64?] = []

    mutating func receive(_ segment: Segment, _ bytes: Span<UInt8>) {
        segments.append(
            Told(
                connection: segment.connection.rawValue, time: segment.time.nanoseconds, kind: segment.kind,
                bytes: bytes.withUnsafeBufferPointer(Array.init)))
        locations.append(segment.location)
    }

    /// All bytes that one side of a connection sent, holes left out.
    func bytes(of connection: UInt32, from side: Side) -> [UInt8] {
        segments.filter { $0.connection == connection && $0.kind == .bytes(from: side) }.flatMap(\.bytes)
    }

    /// Everything but bytes.
    var notes: [Segment.Kind] {
        segments.map(\.kind).filter {
            if case .bytes = $0 { false } else { true }
        }
    }
}
