import Connection
import Wire

/// One TCP connection of a capture: two streams of bytes, and how it ended.
final class TCPConnection {
    let id: ConnectionID
    private let client: FlowEnd
    private var clientStream = ByteStream(side: .client)
    private var serverStream = ByteStream(side: .server)
    /// The sequence number of the client's SYN, to tell its retransmission from a new connection's.
    private let clientSYN: UInt32?
    private var serverSYN: UInt32?
    private var clientHasReset = false
    private var serverHasReset = false
    private var time: Timestamp

    init(id: ConnectionID, client: FlowEnd, clientSYN: UInt32?, at time: Timestamp) {
        self.id = id
        self.client = client
        self.clientSYN = clientSYN
        self.time = time
    }

    /// Both sides said that they send no more, or one aborted.
    var isClosed: Bool { clientHasReset || serverHasReset || (clientStream.isFinished && serverStream.isFinished) }

    var keptBytes: Int { clientStream.keptBytes + serverStream.keptBytes }
    var conflicts: UInt64 { clientStream.conflicts + serverStream.conflicts }

    /// Whether this packet opens another connection between the same two ends.
    func isReplaced(by packet: TCPPacket) -> Bool {
        guard packet.flags.contains(.syn) else {
            // The SYN was not captured, but these bytes are of another connection.
            guard packet.payloadLength > 0 else { return false }
            return packet.source == client
                ? !clientStream.mayHold(packet.sequence, isClosed: isClosed)
                : !serverStream.mayHold(packet.sequence, isClosed: isClosed)
        }
        if packet.flags.contains(.ack) {
            return isClosed && packet.source != client && packet.sequence != serverSYN
        }
        return packet.source != client || packet.sequence != clientSYN
    }

    func receive<Sink: SegmentSink>(
        _ packet: TCPPacket, _ payload: Span<UInt8>, at time: Timestamp, location: UInt64, into sink: inout Sink
    ) {
        let origin = moment(time, location)
        if packet.source == client {
            Self.receive(packet, payload, from: &clientStream, to: &serverStream, origin, into: &sink)
            if clientSYN != nil && packet.flags.contains(.ack) { serverStream.begin(at: packet.acknowledgment) }
        } else {
            if packet.flags.contains(.syn) { serverSYN = packet.sequence }
            Self.receive(packet, payload, from: &serverStream, to: &clientStream, origin, into: &sink)
        }
        if clientStream.hasGap { clientStream.wait(origin, into: &sink) }
        if serverStream.hasGap { serverStream.wait(origin, into: &sink) }
        if packet.flags.contains(.rst) { reset(by: packet.source == client ? .client : .server, origin, into: &sink) }
    }

    private static func receive<Sink: SegmentSink>(
        _ packet: TCPPacket, _ payload: Span<UInt8>, from sender: inout ByteStream, to receiver: inout ByteStream,
        _ origin: SegmentOrigin, into sink: inout Sink
    ) {
        var sequence = packet.sequence
        if packet.flags.contains(.syn) {
            sequence &+= 1
            sender.begin(at: sequence)
        }
        if packet.flags.contains(.ack) {
            if packet.flags.contains(.syn) { receiver.begin(at: packet.acknowledgment) }
            receiver.acknowledge(packet.acknowledgment)
        }
        if packet.payloadLength > 0 && !packet.flags.contains(.rst) {
            sender.receive(
                payload, length: packet.payloadLength, at: sequence, origin, into: &sink)
        }
        if packet.flags.contains(.fin) {
            let end = sequence &+ UInt32(truncatingIfNeeded: packet.payloadLength)
            sender.receiveFinish(at: end, origin, into: &sink)
        }
    }

    private func reset<Sink: SegmentSink>(by side: Side, _ origin: SegmentOrigin, into sink: inout Sink) {
        guard side == .client ? !clientHasReset : !serverHasReset else { return }
        clientStream.conclude(origin, into: &sink)
        serverStream.conclude(origin, into: &sink)
        if side == .client { clientHasReset = true } else { serverHasReset = true }
        origin.tell(.reset(from: side), into: &sink)
    }

    /// The capture says of itself what its packets cannot.
    func receive<Sink: SegmentSink>(
        _ remark: Remark, on packet: TCPPacket, at time: Timestamp, location: UInt64, into sink: inout Sink
    ) {
        let origin = moment(time, location)
        switch remark {
        case .opened:
            // Both streams go on from here, without a SYN where the recording began in the middle.
            if !packet.flags.contains(.syn) {
                clientStream.begin(at: packet.sequence)
                serverStream.begin(at: packet.acknowledgment)
            }
        case .hole(.client, let count):
            clientStream.declareHole(count: count, upTo: packet.sequence, origin, into: &sink)
        case .hole(.server, let count):
            serverStream.declareHole(count: count, upTo: packet.sequence, origin, into: &sink)
        case .effect(let text):
            origin.tell(.effect(text), into: &sink)
        }
    }

    /// Nothing more is captured of this connection.
    func conclude<Sink: SegmentSink>(at time: Timestamp, location: UInt64, into sink: inout Sink) {
        let origin = moment(time, location)
        clientStream.conclude(origin, into: &sink)
        serverStream.conclude(origin, into: &sink)
    }

    /// Time does not run backwards within a connection, even where the clock of the capturing machine was set.
    private func moment(_ time: Timestamp, _ location: UInt64) -> SegmentOrigin {
        self.time = max(self.time, time)
        return SegmentOrigin(connection: id, time: self.time, location: location)
    }
}
