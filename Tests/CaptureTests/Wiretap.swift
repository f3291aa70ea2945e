import Connection
import Wire

@testable import Capture

/// Packets between a client and a server, played to a reassembler by hand.
struct Wiretap {
    var collector = Collector()
    var reassembler = TCPReassembler(source: "test")
    var client = FlowEnd(.loopback(51544))
    var server = FlowEnd(.loopback(9001))
    private var time: UInt64 = 0

    mutating func packet(
        _ side: Side, _ flags: TCPPacket.Flags, _ sequence: UInt32, ack: UInt32 = 0, _ text: String = "",
        length: Int? = nil
    ) {
        packet(side, flags, sequence, ack: ack, bytes: Array(text.utf8), length: length)
    }

    mutating func packet(
        _ side: Side, _ flags: TCPPacket.Flags, _ sequence: UInt32, ack: UInt32 = 0, bytes: [UInt8], length: Int? = nil
    ) {
        time += 1
        let packet = TCPPacket(
            source: side == .client ? client : server, destination: side == .client ? server : client,
            sequence: sequence, acknowledgment: ack, flags: flags, payload: 0..<bytes.count,
            payloadLength: length ?? bytes.count)
        reassembler.receive(
            packet, bytes.span, at: Timestamp(nanoseconds: time), location: time, remark: nil, into: &collector)
    }

    /// The three-way handshake; bytes begin at `client` and `server`.
    mutating func handshake(client: UInt32 = 101, server: UInt32 = 501) {
        packet(.client, .syn, client &- 1)
        packet(.server, [.syn, .ack], server &- 1, ack: client)
        packet(.client, .ack, client, ack: server)
    }

    /// Packets that say nothing new, by which a reassembler sees that time goes by.
    mutating func pass(_ sequence: UInt32, ack: UInt32) {
        for _ in 0..<5 { packet(.client, .ack, sequence, ack: ack) }
    }

    mutating func finish() { reassembler.finish(into: &collector) }

    /// What was told, one word each: `opened`, `c:text`, `s:text`, `c-hole:3`, `c-fin`, `s-rst`.
    var story: [String] {
        collector.segments.map { told in
            let text = String(decoding: told.bytes, as: UTF8.self)
            return switch told.kind {
            case .opened(let opening): opening.isMidstream ? "midstream" : "opened"
            case .bytes(.client): "c:\(text)"
            case .bytes(.server): "s:\(text)"
            case .fin(let side): side == .client ? "c-fin" : "s-fin"
            case .reset(let side): side == .client ? "c-rst" : "s-rst"
            case .hole(let side, let count): (side == .client ? "c" : "s") + "-hole:\(count.map(String.init) ?? "?")"
            case .effect(let text): "effect:\(text)"
            }
        }
    }
}
