import Connection
import Wire

/// Packets of TCP in the order in which they were captured, in; segments of connections, out.
///
/// Its memory is bounded by the connections that are open at one time, and by `keptBytesLimit` for what came out of order.
struct TCPReassembler {
    private var connections: [Flow: TCPConnection] = [:]
    /// Closed connections still kept, as packets may repeat what they said; the oldest first, from `closedStart`.
    private var closed: [(flow: Flow, id: ConnectionID)] = []
    private var closedStart = 0
    /// Bytes of all connections that came out of order and wait for what is missing.
    private var keptBytes = 0
    private var lastTime = Timestamp(nanoseconds: 0)
    private var lastLocation: UInt64 = 0
    /// What `Opening.source` is to say.
    private let source: String
    private(set) var opened: UInt32 = 0
    private(set) var conflicts: UInt64 = 0

    /// Connections kept at present.
    var connectionCount: Int { connections.count }

    private static let closedLimit = 1024
    private static let keptBytesLimit = 32 << 20

    init(source: String) { self.source = source }

    /// Takes a packet.
    /// - Parameters:
    ///   - time: nil where the capture does not say: as the packet before.
    ///   - location: The offset of the packet's record in the file.
    mutating func receive<Sink: SegmentSink>(
        _ packet: TCPPacket, _ payload: Span<UInt8>, at time: Timestamp?, location: UInt64, remark: Remark?,
        into sink: inout Sink
    ) {
        let time = time ?? lastTime
        lastTime = time
        lastLocation = location
        let flow = Flow(packet.source, packet.destination)
        guard let connection = connection(of: flow, packet, payload, at: time, location, remark, into: &sink) else {
            return
        }
        let wasClosed = connection.isClosed
        let kept = connection.keptBytes
        let conflicts = connection.conflicts
        if let remark { connection.receive(remark, on: packet, at: time, location: location, into: &sink) }
        connection.receive(packet, payload, at: time, location: location, into: &sink)
        keptBytes += connection.keptBytes - kept
        self.conflicts += connection.conflicts - conflicts
        if keptBytes > Self.keptBytesLimit { conclude(connection, into: &sink) }
        if !wasClosed && connection.isClosed { retire(flow, connection.id, into: &sink) }
    }

    /// The capture ends.
    mutating func finish<Sink: SegmentSink>(into sink: inout Sink) {
        for connection in connections.values.sorted(by: { $0.id < $1.id }) { conclude(connection, into: &sink) }
        connections = [:]
    }

    /// The connection that a packet belongs to, which may begin with it; nil for a packet that says nothing.
    private mutating func connection<Sink: SegmentSink>(
        of flow: Flow, _ packet: TCPPacket, _ payload: Span<UInt8>, at time: Timestamp, _ location: UInt64,
        _ remark: Remark?, into sink: inout Sink
    ) -> TCPConnection? {
        if let connection = connections[flow] {
            let isReplaced = remark?.isOpening ?? false || connection.isReplaced(by: packet)
            guard isReplaced else { return connection }
            conclude(connection, into: &sink)
        }
        guard let beginning = TCPBeginning(packet, payload, remark, source: source) else { return nil }
        opened += 1
        let id = ConnectionID(rawValue: opened)
        let connection = TCPConnection(id: id, client: beginning.client, clientSYN: beginning.clientSYN, at: time)
        connections[flow] = connection
        let origin = SegmentOrigin(connection: id, time: time, location: location)
        origin.tell(.opened(beginning.opening), into: &sink)
        return connection
    }

    private mutating func conclude<Sink: SegmentSink>(_ connection: TCPConnection, into sink: inout Sink) {
        keptBytes -= connection.keptBytes
        connection.conclude(at: lastTime, location: lastLocation, into: &sink)
    }

    /// Keeps a closed connection for a while, and forgets the one that has been kept longest.
    private mutating func retire<Sink: SegmentSink>(_ flow: Flow, _ id: ConnectionID, into sink: inout Sink) {
        closed.append((flow, id))
        guard closed.count - closedStart > Self.closedLimit else { return }
        let oldest = closed[closedStart]
        closedStart += 1
        if closedStart > Self.closedLimit {
            closed.removeFirst(closedStart)
            closedStart = 0
        }
        if let connection = connections[oldest.flow], connection.id == oldest.id {
            conclude(connection, into: &sink)
            connections[oldest.flow] = nil
        }
    }
}
