import Capture
import Connection
import Inspector
import Lint
import Wire

/// Traffic as a play: what each side does, one after the other, recorded and observed like the real thing.
final class Play {
    let log: Log
    let linter: Linter
    private var observer: Observer<Audience>
    private let writer: PcapngWriter
    /// Milliseconds after the curtain rose.
    private(set) var time: UInt64 = 0
    private let deflater = Deflater(windowBits: 15, noContextTakeover: false)

    /// 2026-11-23, 20:14:03.120 UTC.
    static let start: UInt64 = 1_795_464_843_120
    static let key = MaskingKey(0x37, 0xfa, 0x21, 0x3d)
    static let nonce = "dGhlIHNhbXBsZSBub25jZQ=="

    /// Log and linter, as the program shows events to them.
    private nonisolated struct Audience: EventSink {
        let log: Log
        let linter: Linter

        mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
            log.receive(event, payload: payload)
            linter.receive(event, payload: payload)
        }
    }

    /// - Parameter rules: By which it is linted.
    init(limits: LogLimits = .default, rules: [RuleCode] = []) throws {
        log = Log(limits: limits)
        linter = Linter(rules: AllRules.list.filter { rules.contains($0.page.code) })
        writer = try PcapngWriter(.spool)
        log.attach(writer.recording)
        observer = Observer(sink: Audience(log: log, linter: linter))
    }

    var now: Timestamp { Timestamp(nanoseconds: (Play.start + time) * 1_000_000) }

    func wait(_ milliseconds: UInt64) { time += milliseconds }

    func finish() {
        observer.finish()
        linter.finish()
    }

    func tell(_ id: UInt32, _ kind: Segment.Kind, _ bytes: [UInt8] = []) throws {
        let told = Segment(connection: ConnectionID(rawValue: id), time: now, kind: kind)
        let location = try writer.write(told, bytes.span)
        try writer.flush()
        let segment = Segment(connection: told.connection, time: told.time, kind: kind, location: location)
        observer.receive(segment, bytes.span)
    }

    func open(_ id: UInt32, port: UInt16 = 51544, source: String = "serve") throws {
        try tell(id, .opened(Opening(client: .loopback(port), server: .loopback(9001), source: source)))
    }

    func send(_ id: UInt32, _ side: Side, _ bytes: [UInt8]) throws { try tell(id, .bytes(from: side), bytes) }

    func send(_ id: UInt32, _ side: Side, _ text: String) throws { try send(id, side, Array(text.utf8)) }

    /// - Parameter compression: Both agree on permessage-deflate.
    func shakeHands(_ id: UInt32, _ target: String, compression: Bool = false, agent: String? = nil) throws {
        let offer = compression ? "permessage-deflate" : nil
        wait(1)
        try send(
            id, .client,
            OpeningHandshake.request(
                target: target, host: "127.0.0.1:9001", key: Play.nonce, origin: "https://app.example",
                extensions: offer, extra: agent.map { [(name: "User-Agent", value: $0)] } ?? []))
        wait(1)
        try send(id, .server, OpeningHandshake.response(key: Play.nonce, extensions: offer))
        wait(8)
    }

    /// - Parameter isMasked: As the standard wants it, unless told otherwise.
    func frame(
        _ id: UInt32, _ side: Side, _ opcode: Opcode, _ payload: [UInt8], fin: Bool = true, rsv1: Bool = false,
        isMasked: Bool? = nil
    ) throws {
        let key = isMasked ?? (side == .client) ? Play.key : nil
        let header = FrameHeader(fin: fin, rsv1: rsv1, opcode: opcode, payloadLength: payload.count, maskingKey: key)
        try send(id, side, header.bytes + payload.enumerated().map { $1 ^ (key?[$0] ?? 0) })
    }

    func text(_ id: UInt32, _ side: Side, _ text: String) throws {
        try frame(id, side, .text, Array(text.utf8))
    }

    /// A message of the server, compressed with what came before.
    func compressed(_ id: UInt32, _ text: String) throws {
        var output: [UInt8] = []
        deflater.deflate(Array(text.utf8).span, into: &output)
        try frame(id, .server, .text, output, rsv1: true)
    }

    /// A ping of the server, answered after `milliseconds`.
    func ping(_ id: UInt32, _ payload: String, answeredAfter milliseconds: UInt64) throws {
        try frame(id, .server, .ping, Array(payload.utf8))
        wait(milliseconds)
        try frame(id, .client, .pong, Array(payload.utf8))
    }

    /// The server closes, the client agrees, TCP ends.
    func close(_ id: UInt32, _ code: StatusCode, _ reason: String = "") throws {
        try frame(id, .server, .close, ClosePayload(code, reason).bytes)
        wait(2)
        try frame(id, .client, .close, ClosePayload(code).bytes)
        wait(1)
        try tell(id, .fin(from: .server))
        try tell(id, .fin(from: .client))
    }
}
