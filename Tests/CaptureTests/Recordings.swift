import Connection
import Wire

@testable import Capture

/// Recordings made for tests.
enum Recordings {
    static let upgrade = Array(
        "GET /chat HTTP/1.1\r\nHost: 127.0.0.1:9001\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
            .utf8)
    static let switching = Array(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
            .utf8)

    /// A frame as RFC 6455 §5.2 has it.
    static func frame(_ byte0: UInt8, _ payload: [UInt8], key: [UInt8]? = nil) -> [UInt8] {
        let mask: UInt8 = key == nil ? 0 : 0x80
        let count = payload.count
        let length: [UInt8] =
            switch count {
            case ...125: [mask | UInt8(count)]
            case ...0xffff: [mask | 126, UInt8(count >> 8), UInt8(count & 0xff)]
            default: [mask | 127] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
            }
        guard let key else { return [byte0] + length + payload }
        return [byte0] + length + key + payload.indices.map { payload[$0] ^ key[$0 % 4] }
    }

    /// An opening handshake, `messages` text messages echoed, and a close, 1 µs apart.
    static func echo(_ id: UInt32, _ opening: Opening, messages: Int, start: UInt64) -> [Told] {
        let hello = Array("hello".utf8)
        let key: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]
        var kinds: [(Segment.Kind, [UInt8])] = [
            (.opened(opening), []), (.bytes(from: .client), upgrade), (.bytes(from: .server), switching),
        ]
        for _ in 0..<messages {
            kinds.append((.bytes(from: .client), frame(0x81, hello, key: key)))
            kinds.append((.bytes(from: .server), frame(0x81, hello)))
        }
        kinds.append((.bytes(from: .client), frame(0x88, [0x03, 0xe8], key: key)))
        kinds.append((.bytes(from: .server), frame(0x88, [0x03, 0xe8])))
        kinds += [(.fin(from: .server), []), (.fin(from: .client), [])]
        return kinds.enumerated().map { index, told in
            Told(connection: id, time: start + UInt64(index) * 1000, kind: told.0, bytes: told.1)
        }
    }

    /// Writes a recording; returns the locations.
    static func write(_ segments: [Told], to path: String) throws -> [UInt64?] {
        let writer = try PcapngWriter(.file(path))
        let locations = try write(segments, with: writer)
        try writer.flush()
        return locations
    }

    static func write(_ segments: [Told], with writer: PcapngWriter) throws -> [UInt64?] {
        try segments.map { told in
            let segment = Segment(
                connection: ConnectionID(rawValue: told.connection), time: Timestamp(nanoseconds: told.time),
                kind: told.kind)
            return try writer.write(segment, told.bytes.span)
        }
    }

    static func read(_ path: String) throws -> (collector: Collector, summary: CaptureSummary) {
        var collector = Collector()
        var reader = try CaptureReader(path: path)
        let summary = try reader.read(into: &collector)
        return (collector, summary)
    }
}
