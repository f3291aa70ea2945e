import Connection
import Wire

/// Frames and messages.
extension TextPrinter {
    /// - Parameters:
    ///   - message: For a compressed frame that is a message of its own, that message.
    ///   - payload: What the message said, or else the frame's payload.
    mutating func frame(_ frame: Event.Frame, _ message: Event.Message?, _ payload: Span<UInt8>) {
        let header = frame.header
        label(header.opcode, isFinal: header.fin, isCompressed: frame.isCompressed)
        output.line.number(header.payloadLength, width: 10, isGrouped: true)
        if !payload.isEmpty || message != nil { output.line.add("  ") }
        if let message { inflated(message) }
        switch header.opcode {
        case .close: close(payload)
        case .text: text(payload, isCompressed: frame.isCompressed && message == nil)
        case .continuation, .ping, .pong: any(payload, isCompressed: frame.isCompressed)
        case .binary, .reserved: hex(payload)
        }
        if let answers = frame.answers {
            output.line.add("  ↔ ")
            output.line.duration(answers.roundTrip)
        } else if header.opcode == .pong, !frame.isGuess {
            output.line.add("  unasked")
        }
        if !frame.isComplete {
            output.line.add("  only ")
            output.line.number(frame.received, isGrouped: true)
            output.line.add(" bytes came")
        }
        if let truncation = message?.truncation { cut(truncation) }
        if frame.isGuess { output.line.add("  (a guess)") }
        if !frame.violations.isEmpty { violations(frame.violations) }
    }

    mutating func message(_ message: Event.Message, _ payload: Span<UInt8>) {
        output.line.add("= ")
        label(message.opcode, isFinal: true, isCompressed: message.isCompressed, width: 11)
        output.line.number(message.wireBytes, width: 10, isGrouped: true)
        output.line.add("  in ")
        output.line.number(UInt64(message.fragments), isGrouped: true)
        output.line.add(message.fragments == 1 ? " frame  " : " frames  ")
        if message.isCompressed { inflated(message) }
        if message.opcode == .binary { hex(payload) } else { any(payload, isCompressed: false) }
        if let truncation = message.truncation { cut(truncation) }
    }

    private mutating func inflated(_ message: Event.Message) {
        output.line.add("→ ")
        output.line.number(message.applicationBytes, isGrouped: true)
        output.line.add("  ")
    }

    private mutating func cut(_ truncation: Event.Truncation) {
        output.line.add("  (")
        output.line.text(truncation.explanation)
        output.line.add(")")
    }

    private mutating func label(_ opcode: Opcode, isFinal: Bool, isCompressed: Bool, width: Int = 13) {
        let name = TextPrinter.name(opcode)
        output.line.add(name)
        var used = name.utf8CodeUnitCount
        if case .reserved(let bits) = opcode {
            output.line.add(LineBuffer.hexDigit(bits))
            used += 1
        }
        if !isFinal {
            output.line.add("…")
            used += 1
        }
        if isCompressed, opcode != .continuation {
            output.line.add(" zip")
            used += 4
        }
        output.line.spaces(width - used)
    }

    private static func name(_ opcode: Opcode) -> StaticString {
        switch opcode {
        case .continuation: "continuation"
        case .text: "text"
        case .binary: "binary"
        case .close: "close"
        case .ping: "ping"
        case .pong: "pong"
        case .reserved: "reserved 0x"
        }
    }

    private mutating func violations(_ violations: [Violation]) {
        for (index, violation) in violations.enumerated() {
            output.line.add(index == 0 ? "  ✗ " : "; ")
            output.line.text("\(violation)")
            output.line.add(" (")
            output.line.text(violation.rule.section)
            output.line.add(")")
        }
    }
}

/// Payloads, cut to what a line shows.
extension TextPrinter {
    private mutating func close(_ body: Span<UInt8>) {
        guard body.count >= 2 else {
            if body.count == 1 { hex(body) }
            return
        }
        let code = StatusCode(rawValue: UInt16(body[0]) << 8 | UInt16(body[1]))
        output.line.number(UInt64(code.rawValue))
        if let meaning = code.meaning {
            output.line.add(" ")
            output.line.text(meaning)
        }
        guard body.count > 2 else { return }
        output.line.add("  \"")
        output.line.safe(body.extracting(2...))
        output.line.add("\"")
    }

    private mutating func text(_ payload: Span<UInt8>, isCompressed: Bool) {
        if isCompressed {
            hex(payload)
            return
        }
        output.line.safe(payload.extracting(first: cut(payload)))
        if payload.count > style.preview { output.line.add("…") }
    }

    /// As text where it is some.
    private mutating func any(_ payload: Span<UInt8>, isCompressed: Bool) {
        let isText = !isCompressed && UTF8Validator.isPrefix(payload.extracting(first: style.preview))
        if isText { text(payload, isCompressed: false) } else { hex(payload) }
    }

    private mutating func hex(_ payload: Span<UInt8>) {
        let count = min(payload.count, max(1, style.preview / 3))
        for index in 0..<count {
            if index > 0 { output.line.add(0x20) }
            output.line.hex(payload[index])
        }
        if count < payload.count { output.line.add("…") }
    }

    /// How many bytes to show so that no character is cut.
    private func cut(_ payload: Span<UInt8>) -> Int {
        guard payload.count > style.preview else { return payload.count }
        var end = style.preview
        while end > 0, style.preview - end < 4, payload[end] & 0xc0 == 0x80 { end -= 1 }
        return end
    }
}

extension UTF8Validator {
    /// Whether `bytes` begin like UTF-8, and may end inside a character.
    static func isPrefix(_ bytes: Span<UInt8>) -> Bool {
        var validator = UTF8Validator()
        return validator.validate(bytes)
    }
}
