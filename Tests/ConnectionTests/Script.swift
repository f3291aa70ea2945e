import Connection
import Wire

/// Writes down every event as a line, times and places left out, and keeps those a test looks at closely.
struct Script: EventSink {
    private(set) var lines: [String] = []
    private(set) var frames: [Event.Frame] = []
    private(set) var messages: [Event.Message] = []
    private(set) var heads: [Event.Head] = []
    private(set) var handshakes: [Event.Handshake] = []
    private(set) var closing: [Closure] = []
    private(set) var closure: Closure?
    private(set) var payloads: [[UInt8]] = []

    mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        let bytes = payload.array
        payloads.append(bytes)
        switch event.kind {
        case .opened: lines.append("opened")
        case .head(let head):
            heads.append(head)
            lines.append("\(head.side) \(Script.startLine(head.head))" + (head.isHandshake ? " handshake" : ""))
        case .established(let handshake):
            handshakes.append(handshake)
            lines.append("established" + (handshake.compression == nil ? "" : " compressed"))
        case .frame(let frame):
            frames.append(frame)
            lines.append(Script.line(frame, bytes))
        case .message(let message):
            messages.append(message)
            lines.append(Script.line(message, bytes))
        case .guessed(let side): lines.append("\(side) guessed")
        case .undecoded(let side, let reason): lines.append("\(side) undecoded: \(reason)")
        case .hole(let side, let count): lines.append("\(side) hole of \(count.map { "\($0)" } ?? "?")")
        case .effect(let text): lines.append("effect: \(text)")
        case .fin(let side): lines.append("\(side) FIN")
        case .reset(let side): lines.append("\(side) RST")
        case .closing(let closure):
            closing.append(closure)
            lines.append("closing")
        case .closed(let closure):
            self.closure = closure
            lines.append("closed")
        }
    }

    /// Without what every established connection begins with.
    var afterHandshake: [String] {
        Array(lines.drop { !$0.hasPrefix("established") }.dropFirst().filter { $0 != "closed" })
    }

    private static func startLine(_ head: HTTPHead) -> String {
        switch head.startLine {
        case .request(let method, let target, _): "\(method) \(target)"
        case .response(_, let status, _): "\(status)"
        case .malformed: "malformed"
        }
    }

    private static func line(_ frame: Event.Frame, _ payload: [UInt8]) -> String {
        var line = "\(frame.side) \(frame.number) \(frame.header.opcode)" + (frame.header.fin ? "" : "…")
        line += " \(quoted(payload))"
        if !frame.isComplete { line += " \(frame.received) of \(frame.header.payloadLength)" }
        if frame.isGuess { line += " guess" }
        if frame.header.opcode == .pong { line += frame.answers.map { " answers \($0.frame)" } ?? " unasked" }
        return line + frame.violations.map { " ✗ \($0.rule.rawValue)" }.joined()
    }

    private static func line(_ message: Event.Message, _ payload: [UInt8]) -> String {
        var line = "\(message.side) message \(message.number) \(message.opcode) \(quoted(payload))"
        if message.fragments != 1 { line += " in \(message.fragments)" }
        if message.isCompressed { line += " \(message.wireBytes) → \(message.applicationBytes)" }
        if let truncation = message.truncation { line += " cut: \(truncation)" }
        return line
    }

    private static func quoted(_ bytes: [UInt8]) -> String {
        bytes.count > 40 ? "[\(bytes.count)]" : "\"" + SafeText.escape(bytes) + "\""
    }
}
