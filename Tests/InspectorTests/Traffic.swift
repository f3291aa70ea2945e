import Capture
import Connection
import Inspector
import Wire

/// Records what connections send and shows it to an observer, as a recorder does, on the caller's thread.
struct Traffic<Sink: EventSink> {
    let writer: PcapngWriter
    var observer: Observer<Sink>
    var time = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    init(_ sink: Sink, limits: ObserverLimits = .default) throws {
        writer = try PcapngWriter(.spool)
        observer = Observer(sink: sink, limits: limits)
    }

    mutating func happens(_ kind: Segment.Kind, _ bytes: [UInt8] = [], on id: UInt32 = 1) throws {
        let segment = Segment(connection: ConnectionID(rawValue: id), time: time, kind: kind)
        let location = try writer.write(segment, bytes.span)
        try writer.flush()
        let located = Segment(connection: segment.connection, time: time, kind: kind, location: location)
        observer.receive(located, bytes.span)
        time = time.adding(nanoseconds: 1_000_000)
    }

    mutating func client(_ bytes: [UInt8], on id: UInt32 = 1) throws {
        try happens(.bytes(from: .client), bytes, on: id)
    }

    mutating func server(_ bytes: [UInt8], on id: UInt32 = 1) throws {
        try happens(.bytes(from: .server), bytes, on: id)
    }

    /// Up to and with a good opening handshake: four rows.
    mutating func open(_ id: UInt32 = 1, path: String = "/chat", extensions: String? = nil) throws {
        let opening = Opening(client: .loopback(UInt16(50_000 + id % 10_000)), server: .loopback(9001), source: "test")
        try happens(.opened(opening), on: id)
        let key = "dGhlIHNhbXBsZSBub25jZQ=="
        let field = extensions.map { "Sec-WebSocket-Extensions: \($0)\r\n" } ?? ""
        try client(
            Array(
                ("GET \(path) HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: \(key)\r\nSec-WebSocket-Version: 13\r\n\(field)\r\n").utf8), on: id)
        try server(
            Array(
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(AcceptKey.accept(for: key))\r\n\(field)\r\n").utf8), on: id)
    }

    /// Both FINs: three rows.
    mutating func end(_ id: UInt32 = 1) throws {
        try happens(.fin(from: .server), on: id)
        try happens(.fin(from: .client), on: id)
    }
}

/// A frame's bytes; masked with a fixed key if the client sends it.
func frame(
    _ opcode: Opcode, _ payload: [UInt8] = [], from side: Side, fin: Bool = true, rsv1: Bool = false
) -> [UInt8] {
    let key: MaskingKey? = side == .client ? MaskingKey(0x37, 0xfa, 0x21, 0x3d) : nil
    var body = payload
    if let key { body.withUnsafeMutableBytes { Masking.apply(key, to: $0) } }
    return FrameHeader(fin: fin, rsv1: rsv1, opcode: opcode, payloadLength: payload.count, maskingKey: key).bytes + body
}

func frame(
    _ opcode: Opcode, _ text: String, from side: Side, fin: Bool = true, rsv1: Bool = false
) -> [UInt8] {
    frame(opcode, Array(text.utf8), from: side, fin: fin, rsv1: rsv1)
}
