import Connection
import Wire

/// What the packets of one connection in a recording say: its two ends, and how far each side's bytes have come.
struct RecordedConnection {
    let client: FlowEnd
    let server: FlowEnd
    /// The interface that its packets are said to have been captured on.
    let interface: UInt32
    /// The sequence numbers that come next.
    private var clientSequence: UInt32
    private var serverSequence: UInt32
    private var time: Timestamp
    private var clientIsDone = false
    private var serverIsDone = false

    /// What a gap of unknown size is written as; no more than a TCP window, so that it reads as a gap.
    private static let gapLimit: UInt64 = 1 << 29
    private static let unknownGap: UInt64 = 1 << 16

    /// - Parameter sequence: Where the client's sequence numbers begin; the server's begin at its complement.
    init(client: FlowEnd, server: FlowEnd, interface: UInt32, sequence: UInt32, at time: Timestamp) {
        self.client = client
        self.server = server
        self.interface = interface
        clientSequence = sequence
        serverSequence = ~sequence
        self.time = time
    }

    var isIPv6: Bool { client.isIPv6 }
    /// Both sides ended.
    var isClosed: Bool { clientIsDone && serverIsDone }

    /// The next packet that `side` sends.
    mutating func packet(from side: Side, _ flags: TCPPacket.Flags, at time: Timestamp) -> RecordedPacket {
        self.time = max(self.time, time)
        let isClients = side == .client
        return RecordedPacket(
            source: isClients ? client : server, destination: isClients ? server : client,
            sequence: isClients ? clientSequence : serverSequence,
            acknowledgment: isClients ? serverSequence : clientSequence, flags: flags, time: self.time,
            interface: interface)
    }

    mutating func advance(_ side: Side, by count: Int) {
        let count = UInt32(truncatingIfNeeded: count)
        if side == .client { clientSequence &+= count } else { serverSequence &+= count }
    }

    mutating func skip(_ side: Side, _ count: UInt64?) {
        advance(side, by: Int(min(count ?? Self.unknownGap, Self.gapLimit)))
    }

    mutating func end(_ side: Side) {
        if side == .client { clientIsDone = true } else { serverIsDone = true }
    }
}
