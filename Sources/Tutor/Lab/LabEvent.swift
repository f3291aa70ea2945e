package import Connection
package import Wire

/// An event of a lab's connections, kept as long as the lab runs.
package struct LabEvent: Sendable {
    package enum Content: Sendable {
        case opened
        indirect case head(Event.Head)
        indirect case established(Event.Handshake)
        indirect case frame(Event.Frame, payload: [UInt8])
        indirect case message(Event.Message, payload: [UInt8])
        case fin(Side)
        case reset(Side)
        indirect case closed(Closure)
        case note(String)
    }

    package let connection: ConnectionID
    /// Who made the connection.
    package let name: String
    package let time: Timestamp
    package let content: Content

    /// The frame it is about; nil where there is none.
    package var frame: UInt64? {
        switch content {
        case .frame(let frame, _): frame.number
        case .message(let message, _): message.frames.lowerBound
        case .opened, .head, .established, .fin, .reset, .closed, .note: nil
        }
    }

    /// Who sent it; nil for what nobody sends.
    package var side: Side? {
        switch content {
        case .head(let head): head.side
        case .frame(let frame, _): frame.side
        case .message(let message, _): message.side
        case .fin(let side), .reset(let side): side
        case .opened, .established, .closed, .note: nil
        }
    }

    /// Its own bytes on the wire, as far as they are known: of a frame header and payload, of a head also the body that
    /// it announces.
    package var wireBytes: UInt64 {
        switch content {
        case .head(let head):
            UInt64(head.head.bytes.count) + (head.head.values("Content-Length").first.flatMap { UInt64($0) } ?? 0)
        case .frame(let frame, _): UInt64(frame.header.size) + frame.received
        case .message(let message, _): message.wireBytes
        case .opened, .established, .fin, .reset, .closed, .note: 0
        }
    }
}

/// The value of an event's field.
enum FieldValue {
    case number(Double)
    case flag(Bool)
    /// Compared without regard to case.
    case word(String)
    /// Names, any of which may be meant.
    case words([String])
    case bytes([UInt8])
}

// MARK: - Fields

extension LabEvent {
    /// Whether it is of this kind at all.
    func isA(_ what: EventPattern.What) -> Bool {
        switch (content, what) {
        case (.opened, .opened), (.established, .established), (.frame, .frame), (.message, .message), (.fin, .fin),
            (.reset, .reset), (.closed, .closed), (.note, .note):
            true
        case (.head(let head), .request): head.side == .client
        case (.head(let head), .response): head.side == .server
        case (.frame(let frame, _), .violation): !frame.violations.isEmpty
        case (.frame(let frame, _), _): frame.header.opcode == what.opcode
        default: false
        }
    }

    func value(of field: String) -> FieldValue? {
        switch content {
        case .head(let head): LabEvent.value(of: field, head)
        case .established(let handshake): LabEvent.value(of: field, handshake)
        case .frame(let frame, let payload): LabEvent.value(of: field, frame, payload)
        case .message(let message, let payload): LabEvent.value(of: field, message, payload)
        case .closed(let closure): LabEvent.value(of: field, closure)
        case .note(let text): LabEvent.value(of: field, note: text)
        case .opened, .fin, .reset: nil
        }
    }

    private static func value(of field: String, _ head: Event.Head) -> FieldValue? {
        if field.hasPrefix("header.") {
            let values = head.head.values(String(field.dropFirst(7)))
            return values.isEmpty ? nil : .words(values + values.flatMap { $0.split(separator: ",").map(trim) })
        }
        switch field {
        case "status": return head.head.status.map { .number(Double($0)) }
        case "target": return head.head.target.map { .word($0) }
        case "method":
            if case .request(let method, _, _) = head.head.startLine { return .word(method) }
            return nil
        case "broken":
            return .words(head.demands.filter(\.isBroken).map(\.rule.rawValue))
        case "bytes": return .number(Double(head.head.bytes.count))
        default: return nil
        }
    }

    private static func trim(_ text: Substring) -> String { String(text).trimmed }

    private static func value(of field: String, _ handshake: Event.Handshake) -> FieldValue? {
        switch field {
        case "subprotocol": handshake.subprotocol.map { .word($0) }
        case "compressed": .flag(handshake.compression != nil)
        default: nil
        }
    }

    private static func value(of field: String, _ frame: Event.Frame, _ payload: [UInt8]) -> FieldValue? {
        let header = frame.header
        switch field {
        case "fin": return .flag(header.fin)
        case "rsv1": return .flag(header.rsv1)
        case "rsv2": return .flag(header.rsv2)
        case "rsv3": return .flag(header.rsv3)
        case "opcode": return .word(header.opcode.description)
        case "masked": return .flag(header.isMasked)
        case "len": return .number(Double(header.payloadLength))
        case "form": return .number([7, 16, 64][Int(header.lengthForm.rawValue)])
        case "payload": return .bytes(payload)
        case "number": return .number(Double(frame.number))
        case "compressed": return .flag(frame.isCompressed)
        case "violation", "rule": return .words(frame.violations.map(\.rule.rawValue))
        case "code":
            guard header.opcode == .close, frame.isComplete else { return nil }
            return .number(Double(ClosePayload(payload.span).closeCode.rawValue))
        case "reason": return header.opcode == .close ? .word(ClosePayload(payload.span).reason) : nil
        case "rtt": return frame.answers.map { .number(Double($0.roundTrip) / 1_000_000) }
        case "answers": return .flag(frame.answers != nil)
        default: return nil
        }
    }

    private static func value(of field: String, _ message: Event.Message, _ payload: [UInt8]) -> FieldValue? {
        switch field {
        case "kind": .word(message.opcode.description)
        case "len": .number(Double(message.applicationBytes))
        case "fragments": .number(Double(message.fragments))
        case "payload": .bytes(payload)
        default: nil
        }
    }

    private static func value(of field: String, _ closure: Closure) -> FieldValue? {
        switch field {
        case "clean": return .flag(closure.isClean)
        case "first": return closure.firstToEnd.map { .word("\($0)") }
        case "client", "server":
            let side: Side = field == "client" ? .client : .server
            if case .closed(let code, _, _) = closure.concluded[side] { return .number(Double(code.rawValue)) }
            return nil
        default: return nil
        }
    }

    /// The text, or the figure behind `NAME=` in it.
    private static func value(of field: String, note text: String) -> FieldValue? {
        if field == "text" { return .word(text) }
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) where word.hasPrefix(field + "=") {
            let value = String(word.dropFirst(field.count + 1))
            return Figure.parse(value).map { .number($0) } ?? .word(value)
        }
        return nil
    }
}
