package import Connection
import Wire

/// Writes segments as a pcapng file that Wireshark opens: each connection as packets of IP and TCP made up around its
/// bytes, what TCP has no words for as a `Remark`. Used by one thread at a time.
package final class PcapngWriter {
    /// What is on disk so far, for random access while this writes on.
    package let recording: Recording

    private let blocks: BlockFile
    private var interfaces: [Interface: UInt32] = [:]
    private var connections: [UInt32: RecordedConnection] = [:]
    /// The ends of those connections.
    private var flows: Set<Flow> = []
    /// Closed connections still kept, as something may be told about them yet; the oldest first.
    private var closed: [UInt32] = []

    private static let closedLimit = 1024
    /// An option's length has 16 bits.
    private static let commentLimit = 60_000

    private struct Interface: Hashable {
        let source: String
        let isTLS: Bool
    }

    package convenience init(_ place: RecordingPlace) throws(CaptureError) { try self.init(place.open()) }

    init(_ blocks: BlockFile) throws(CaptureError) {
        self.blocks = blocks
        recording = Recording(blocks.file)
        try writeSectionHeader()
        try blocks.flush()
    }

    /// Bytes on disk.
    package var size: UInt64 { blocks.end }

    /// Adds a segment; it is on disk after `flush` at the latest.
    /// - Returns: The offset in the file at which its block begins: its `location`. nil for bytes that are none, and for
    ///   a connection that was never opened or closed long ago.
    package func write(_ segment: Segment, _ bytes: Span<UInt8>) throws(CaptureError) -> UInt64? {
        if case .opened(let opening) = segment.kind {
            return try open(segment.connection, opening, at: segment.time)
        }
        guard let index = connections.index(forKey: segment.connection.rawValue) else { return nil }
        let location = blocks.offset
        let wasClosed = connections.values[index].isClosed
        try write(segment, bytes, of: &connections.values[index])
        if !wasClosed && connections.values[index].isClosed { retire(segment.connection.rawValue) }
        return location == blocks.offset ? nil : location
    }

    /// Hands everything written to the operating system.
    package func flush() throws(CaptureError) { try blocks.flush() }

    private func write(
        _ segment: Segment, _ bytes: Span<UInt8>, of connection: inout RecordedConnection
    ) throws(CaptureError) {
        let time = segment.time
        switch segment.kind {
        case .opened: break  // Handled before, as there is no connection yet.
        case .bytes(let side):
            try writeBytes(bytes, from: side, at: time, of: &connection)
        case .fin(let side):
            try write(connection.packet(from: side, [.fin, .ack], at: time))
            connection.advance(side, by: 1)
            connection.end(side)
        case .reset(let side):
            try write(connection.packet(from: side, [.rst, .ack], at: time))
            connection.end(.client)
            connection.end(.server)
        case .hole(let side, let count):
            connection.skip(side, count)
            try write(connection.packet(from: side, .ack, at: time), .hole(from: side, count: count))
        case .effect(let text):
            try write(connection.packet(from: .client, .ack, at: time), .effect(text))
        }
    }

    private func writeBytes(
        _ bytes: Span<UInt8>, from side: Side, at time: Timestamp, of connection: inout RecordedConnection
    ) throws(CaptureError) {
        var start = 0
        while start < bytes.count {
            let end = min(start + RecordedPacket.payloadLimit, bytes.count)
            let packet = connection.packet(from: side, [.psh, .ack], at: time)
            let block = try blocks.block(packet.blockLength(payload: end - start, comment: nil))
            bytes.extracting(start..<end).withUnsafeBytes { packet.write($0, comment: nil, to: block) }
            connection.advance(side, by: end - start)
            start = end
        }
    }

    private func write(_ packet: RecordedPacket, _ remark: Remark? = nil) throws(CaptureError) {
        var comment = remark.map { Array($0.text.utf8) }
        if let text = comment, text.count > Self.commentLimit {
            comment = Array(String(decoding: text[..<Self.commentLimit], as: UTF8.self).utf8)
        }
        let block = try blocks.block(packet.blockLength(payload: 0, comment: comment?.count))
        packet.write(UnsafeRawBufferPointer(start: nil, count: 0), comment: comment, to: block)
    }

    // MARK: Opening and closing

    private func open(_ id: ConnectionID, _ opening: Opening, at time: Timestamp) throws(CaptureError) -> UInt64 {
        let interface = try interface(Interface(source: opening.source, isTLS: opening.isTLS))
        let (client, server) = ends(of: opening)
        flows.insert(Flow(client, server))
        // Different for each connection, so that one that reuses the ends of another is plainly a new one.
        let sequence = UInt32(truncatingIfNeeded: time.nanoseconds >> 12) &+ id.rawValue &* 0x9e37_79b1
        var connection = RecordedConnection(
            client: client, server: server, interface: interface, sequence: sequence, at: time)
        let isMadeUp = client.address != opening.client || server.address != opening.server
        let remark = Remark.opened(
            source: opening.source, isTLS: opening.isTLS, isMidstream: opening.isMidstream,
            addresses: isMadeUp ? Remark.Addresses(client: opening.client, server: opening.server) : nil)
        let location = blocks.offset
        if opening.isMidstream {
            try write(connection.packet(from: .client, .ack, at: time), remark)
        } else {
            try write(connection.packet(from: .client, .syn, at: time), remark)
            connection.advance(.client, by: 1)
            try write(connection.packet(from: .server, [.syn, .ack], at: time))
            connection.advance(.server, by: 1)
            try write(connection.packet(from: .client, .ack, at: time))
        }
        connections[id.rawValue] = connection
        return location
    }

    /// The ends for the packets: both of one IP version, and of no other connection still going on.
    private func ends(of opening: Opening) -> (client: FlowEnd, server: FlowEnd) {
        var client = FlowEnd(opening.client)
        var server = FlowEnd(opening.server)
        if client.isIPv6 != server.isIPv6 { (client, server) = (client.mappedToIPv6, server.mappedToIPv6) }
        var port = client.port
        while client == server || flows.contains(Flow(client, server)) {
            port &-= 1
            if port == client.port { break }  // As good as any other: none is free.
            client = client.with(port: port)
        }
        return (client, server)
    }

    private func retire(_ id: UInt32) {
        closed.append(id)
        guard closed.count > Self.closedLimit else { return }
        for id in closed.prefix(Self.closedLimit / 2) {
            if let connection = connections.removeValue(forKey: id) {
                flows.remove(Flow(connection.client, connection.server))
            }
        }
        closed.removeFirst(Self.closedLimit / 2)
    }

    // MARK: What stands before the packets

    private func writeSectionHeader() throws(CaptureError) {
        let application = Array(Pcapng.application.utf8)
        let length = 28 + 4 + Pcapng.padded(application.count) + 4
        var writer = ByteWriter(try blocks.block(length))
        writer.native(Pcapng.BlockType.sectionHeader)
        writer.native(UInt32(length))
        writer.native(Pcapng.byteOrderMagic)
        writer.native(UInt16(1))  // Version 1.0.
        writer.native(UInt16(0))
        writer.native(UInt64.max)  // The section's length is not known.
        writer.option(Pcapng.Option.application, application)
        writer.native(UInt32(Pcapng.Option.end))
        writer.native(UInt32(length))
    }

    /// The number of an interface, described in the file before its first packet.
    private func interface(_ interface: Interface) throws(CaptureError) -> UInt32 {
        if let number = interfaces[interface] { return number }
        let name = Array(
            (interface.source + (interface.isTLS ? ", plaintext of TLS" : "")).utf8.prefix(Self.commentLimit))
        let description = Array("recorded by ws101, packets made up around the bytes".utf8)
        let length = 20 + [name.count, description.count, 1, 0].reduce(0) { $0 + 4 + Pcapng.padded($1) }
        var writer = ByteWriter(try blocks.block(length))
        writer.native(Pcapng.BlockType.interfaceDescription)
        writer.native(UInt32(length))
        writer.native(UInt16(LinkLayer.raw))
        writer.native(UInt16(0))
        writer.native(UInt32(0))  // No packet is cut off.
        writer.option(Pcapng.Option.interfaceName, name)
        writer.option(Pcapng.Option.interfaceDescription, description)
        writer.option(Pcapng.Option.timestampResolution, [9])
        writer.native(UInt32(Pcapng.Option.end))
        writer.native(UInt32(length))
        let number = UInt32(interfaces.count)
        interfaces[interface] = number
        return number
    }
}
