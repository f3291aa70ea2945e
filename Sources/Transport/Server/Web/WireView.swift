import Connection
import Synchronization
import Wire

/// One connection, told to its watcher event by event: derived from the bytes on the wire, as everything else that is shown.
final class WireView: Tap {
    private let watcher: WebSocketConnection
    private let observer = Mutex<Observer<WireSink>?>(nil)
    private static let connection = ConnectionID(rawValue: 1)
    /// Of a message only the beginning is shown.
    private static let limits = ObserverLimits(message: 4096, inflated: 1 << 20, total: 1 << 20)

    init(_ watcher: WebSocketConnection) { self.watcher = watcher }

    func open(_ opening: Opening, at time: Timestamp) -> ConnectionID {
        let segment = Segment(connection: WireView.connection, time: time, kind: .opened(opening))
        let lines = observer.withLock { observer in
            observer = Observer(sink: WireSink(start: time), limits: WireView.limits)
            observer?.receive(segment, Span())
            return observer?.sink.take() ?? []
        }
        tell(lines)
        return WireView.connection
    }

    func bytes(
        _ connection: ConnectionID, from side: Side, at time: Timestamp, _ bytes: UnsafeRawBufferPointer
    ) -> TapDemand {
        let segment = Segment(connection: connection, time: time, kind: .bytes(from: side))
        let lines = observer.withLock { observer in
            observer?.receive(segment, bytes.assumingMemoryBound(to: UInt8.self).span)
            return observer?.sink.take() ?? []
        }
        tell(lines)
        return .continue
    }

    func note(_ connection: ConnectionID, _ kind: Segment.Kind, at time: Timestamp) {
        let segment = Segment(connection: connection, time: time, kind: kind)
        let lines = observer.withLock { observer in
            observer?.receive(segment, Span())
            return observer?.sink.take() ?? []
        }
        tell(lines)
    }

    /// The watcher's own queue is bounded; who watches is never waited for.
    func whenDrained(_ resume: @escaping @Sendable () -> Void) { resume() }

    private func tell(_ lines: [String]) {
        for line in lines { watcher.send(line) }
    }
}

/// Events as JSON, one object a message.
private struct WireSink: EventSink {
    let start: Timestamp
    private var lines: [String] = []

    init(start: Timestamp) { self.start = start }

    mutating func take() -> [String] {
        defer { lines = [] }
        return lines
    }

    mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        switch event.kind {
        case .head(let head): add(event, "head", head.side, SafeText.escape(WireSink.firstLines(head.head)))
        case .frame(let frame):
            add(event, "frame", frame.side, WireSink.words(frame, payload), WireSink.bits(frame.header))
        case .fin(let side): add(event, "fin", side, "TCP FIN: sends no more")
        case .reset(let side): add(event, "reset", side, "TCP RST: cut off")
        case .undecoded(let side, let why): add(event, "undecoded", side, why.explanation)
        case .closed(let closure): add(event, "closed", .server, closure.isClean ? "over, clean" : "over, not clean")
        case .opened, .established, .message, .guessed, .hole, .effect, .closing: break
        }
    }

    private mutating func add(
        _ event: borrowing Event, _ kind: String, _ side: Side, _ text: String, _ bits: String = ""
    ) {
        let milliseconds = event.time.since(start) / 1_000_000
        lines.append(
            #"{"kind":"\#(kind)","at":\#(milliseconds),"from":"\#(side)","text":\#(JSONText.quoted(text))"#
                + (bits.isEmpty ? "}" : #","bits":"\#(bits)"}"#))
    }

    /// The start line, and the fields that the handshake is about, one below the other.
    private static func firstLines(_ head: HTTPHead) -> String {
        let start =
            switch head.startLine {
            case .request(let method, let target, let version):
                "\(method) \(AccessLine.withoutSecrets(target)) \(version)"
            case .response(let version, let status, let phrase): "\(version) \(status) \(phrase)"
            case .malformed: "no start line"
            }
        let shown = head.fields.filter { field in
            let name = field.name.lowercased()
            return name.hasPrefix("sec-websocket") || ["upgrade", "connection", "origin", "host"].contains(name)
        }
        return ([start] + shown.map { "\($0.name): \(secretless($0))" }).joined(separator: " | ")
    }

    private static func secretless(_ field: HeaderField) -> String {
        guard field.name.lowercased() == "sec-websocket-protocol" else { return field.value }
        return field.value.split(separator: ",").map { element in
            let element = element.drop { $0 == " " }
            let isToken = element.hasPrefix(Authentication.bearerPrefix)
            return isToken ? Authentication.bearerPrefix + "-" : String(element)
        }.joined(separator: ", ")
    }

    private static func words(_ frame: Event.Frame, _ payload: Span<UInt8>) -> String {
        let header = frame.header
        let length = "\(header.payloadLength) B"
        let traits = [
            header.fin ? nil : "more fragments follow", header.isMasked ? "masked" : nil,
            frame.isCompressed ? "compressed" : nil,
        ].compactMap { $0 }
        let head = "\(header.opcode) \(length)" + (traits.isEmpty ? "" : " (\(traits.joined(separator: ", ")))")
        if header.opcode == .close { return "\(head): \(closeWords(ClosePayload(payload)))" }
        guard payload.count > 0 else { return head }
        let count = min(payload.count, 64)
        let shown = (0..<count).map { payload[$0] }
        let text =
            header.opcode == .binary || frame.isCompressed
            ? shown.map(hex).joined(separator: " ") : SafeText.escape(shown)
        return "\(head): \(text)" + (count < payload.count ? "…" : "")
    }

    private static func closeWords(_ payload: ClosePayload) -> String {
        switch payload {
        case .empty: "without a status code"
        case .truncated: "one byte, which is no status code"
        case .status(let code, _):
            "\(code) \(code.meaning ?? "")" + (payload.reason.isEmpty ? "" : " \"\(SafeText.escape(payload.reason))\"")
        }
    }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    /// FIN, RSV1–3, opcode; MASK, length: as §5.2 draws them.
    private static func bits(_ header: FrameHeader) -> String {
        let digits = [header.byte0, header.byte1].map { byte in
            let text = String(byte, radix: 2)
            return String(repeating: "0", count: 8 - text.count) + text
        }
        let (first, second) = (digits[0], digits[1])
        return
            "\(first.prefix(1)) \(first.dropFirst().prefix(3)) \(first.suffix(4))  \(second.prefix(1)) \(second.suffix(7))"
    }
}
