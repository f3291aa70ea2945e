import Connection
import Wire

/// Segments of one connection as a play: what goes in is written down, what comes out is one line an event.
struct TrafficPlay {
    enum Step {
        case sends(Side, [UInt8])
        /// The same, never cut.
        case sendsWhole(Side, [UInt8])
        case happens(Segment.Kind)
        /// Nanoseconds pass.
        case waits(UInt64)
    }

    var steps: [Step] = []
    var limits = ObserverLimits.default

    static let id = ConnectionID(rawValue: 1)

    mutating func client(_ bytes: [UInt8]...) { steps += bytes.map { .sends(.client, $0) } }
    mutating func server(_ bytes: [UInt8]...) { steps += bytes.map { .sends(.server, $0) } }
    mutating func client(_ text: String) { client(Array(text.utf8)) }
    mutating func server(_ text: String) { server(Array(text.utf8)) }
    mutating func happens(_ kind: Segment.Kind) { steps.append(.happens(kind)) }
    mutating func wait(_ nanoseconds: UInt64) { steps.append(.waits(nanoseconds)) }

    /// The events, with the segments as they are.
    func script(finish: Bool = true) -> Script {
        run(finish: finish) { bytes, receive in receive(bytes) }
    }

    /// The events where every segment comes byte by byte.
    func scriptByteByByte(finish: Bool = true) -> Script {
        run(finish: finish) { bytes, receive in for byte in bytes { receive([byte]) } }
    }

    /// The events where every segment is cut in two at `cut`.
    func script(cutAt cut: Int) -> Script {
        run(finish: true) { bytes, receive in
            receive(Array(bytes.prefix(cut)))
            receive(Array(bytes.dropFirst(cut)))
        }
    }

    var longest: Int {
        steps.map { if case .sends(_, let bytes) = $0 { bytes.count } else { 0 } }.max() ?? 0
    }

    /// The lines, if they are the same for every way to cut the segments in two; else the first that differ.
    func lines() -> [String] {
        let whole = script().lines
        for other in [scriptByteByByte().lines] + (1..<max(longest, 2)).map({ script(cutAt: $0).lines })
        where other != whole {
            return ["cut, the same bytes give:"] + other
        }
        return whole
    }

    private func run(finish: Bool, _ cut: ([UInt8], ([UInt8]) -> Void) -> Void) -> Script {
        var observer = Observer(sink: Script(), limits: limits)
        feed(&observer, as: TrafficPlay.id.rawValue, cut)
        if finish { observer.finish() }
        return observer.sink
    }

    /// Shows the segments to an observer as those of the connection `id`.
    func feed(
        _ observer: inout Observer<Script>, as id: UInt32,
        _ cut: ([UInt8], ([UInt8]) -> Void) -> Void = { bytes, receive in receive(bytes) }
    ) {
        var time: UInt64 = 0
        func receive(_ kind: Segment.Kind, _ bytes: [UInt8] = []) {
            let segment = Segment(
                connection: ConnectionID(rawValue: id), time: Timestamp(nanoseconds: time), kind: kind)
            observer.receive(segment, bytes.span)
        }
        for step in steps {
            switch step {
            case .sends(let side, let bytes): cut(bytes) { receive(.bytes(from: side), $0) }
            case .sendsWhole(let side, let bytes): receive(.bytes(from: side), bytes)
            case .happens(let kind): receive(kind)
            case .waits(let nanoseconds): time += nanoseconds
            }
        }
    }
}

extension TrafficPlay {
    static let opening = Opening(client: .loopback(50_000), server: .loopback(9001), source: "test")
    static let key = "dGhlIHNhbXBsZSBub25jZQ=="

    static func request(_ extra: String = "", target: String = "/chat") -> String {
        "GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:9001\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: \(key)\r\nSec-WebSocket-Version: 13\r\n\(extra)\r\n"
    }

    static func response(_ extra: String = "") -> String {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: \(AcceptKey.accept(for: key))\r\n\(extra)\r\n"
    }

    /// A connection that has just been established; `extensions` on both sides.
    static func established(_ extensions: String = "") -> TrafficPlay {
        var play = TrafficPlay()
        let field = extensions.isEmpty ? "" : "Sec-WebSocket-Extensions: \(extensions)\r\n"
        play.happens(.opened(opening))
        play.steps.append(.sendsWhole(.client, Array(request(field).utf8)))
        play.steps.append(.sendsWhole(.server, Array(response(field).utf8)))
        return play
    }
}

/// A frame's bytes; masked with a fixed key if the client sends it.
func sentFrame(
    _ opcode: Opcode, _ payload: [UInt8] = [], from side: Side, fin: Bool = true, rsv1: Bool = false
) -> [UInt8] {
    let key: MaskingKey? = side == .client ? MaskingKey(0x37, 0xfa, 0x21, 0x3d) : nil
    var body = payload
    if let key { body.withUnsafeMutableBytes { Masking.apply(key, to: $0) } }
    let header = FrameHeader(
        fin: fin, rsv1: rsv1, opcode: opcode, payloadLength: payload.count, maskingKey: key)
    return header.bytes + body
}

func sentFrame(
    _ opcode: Opcode, _ text: String, from side: Side, fin: Bool = true, rsv1: Bool = false
) -> [UInt8] {
    sentFrame(opcode, Array(text.utf8), from: side, fin: fin, rsv1: rsv1)
}
