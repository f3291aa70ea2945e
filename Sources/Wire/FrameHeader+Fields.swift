/// The header field by field.
extension FrameHeader {
    /// Every field in the order of the wire, application data last; that one is missing where the payload is empty.
    /// - Parameter sender: Who sent the frame, as far as that is known: it decides what MASK must be.
    package func fields(sender: Side?) -> [FrameField] {
        let fixed = [finField, rsv(1, rsv1), rsv(2, rsv2), rsv(3, rsv3), opcodeField, mask(sender), lengthField]
        return fixed + [extendedLength, keyField, applicationData].compactMap(\.self)
    }

    private var finField: FrameField {
        let meaning =
            switch (fin, isControl) {
            case (true, true): "the whole frame; a control frame is never fragmented"
            case (true, false): "the last frame of its message"
            case (false, true): "more fragments would follow, which a control frame must not have"
            case (false, false): "more fragments of this message follow"
            }
        let section = isControl ? "RFC 6455 §5.5" : "RFC 6455 §5.2"
        return FrameField(.fin, bits: 0..<1, value: fin ? "1" : "0", meaning: meaning, section: section)
    }

    private func rsv(_ number: Int, _ isSet: Bool) -> FrameField {
        let name: FrameField.Name = number == 1 ? .rsv1 : number == 2 ? .rsv2 : .rsv3
        let bits = number..<(number + 1)
        guard isSet else {
            return FrameField(name, bits: bits, value: "0", meaning: "no extension uses it", section: "RFC 6455 §5.2")
        }
        guard number == 1 else {
            let meaning = "set, though no registered extension defines it"
            return FrameField(name, bits: bits, value: "1", meaning: meaning, section: "RFC 6455 §5.2")
        }
        let meaning =
            isControl
            ? "compressed, which a control frame must not be"
            : "the message is compressed, if permessage-deflate was negotiated"
        return FrameField(name, bits: bits, value: "1", meaning: meaning, section: "RFC 7692 §6")
    }

    private var opcodeField: FrameField {
        let value = "0x" + String(opcode.bits, radix: 16)
        let (meaning, section) = opcode.meaning
        return FrameField(.opcode, bits: 4..<8, value: value, meaning: meaning, section: section)
    }

    private func mask(_ sender: Side?) -> FrameField {
        let meaning =
            switch (sender, isMasked) {
            case (.client, true): "masked, as every frame of a client must be"
            case (.client, false): "not masked, though every frame of a client must be"
            case (.server, true): "masked, though a server must not mask"
            case (.server, false): "not masked, as no frame of a server is"
            case (nil, true): "masked: a client's frame"
            case (nil, false): "not masked: a server's frame"
            }
        return FrameField(.mask, bits: 8..<9, value: isMasked ? "1" : "0", meaning: meaning, section: "RFC 6455 §5.1")
    }

    private var lengthField: FrameField {
        let meaning =
            switch lengthForm {
            case .bits7: "the payload has \(FrameHeader.byteCount(UInt64(shortLength)))"
            case .bits16: "the length follows in 16 bits"
            case .bits64: "the length follows in 64 bits"
            }
        return FrameField(
            .payloadLength, bits: 9..<16, value: String(shortLength), meaning: meaning, section: "RFC 6455 §5.2")
    }

    private var extendedLength: FrameField? {
        let width =
            switch lengthForm {
            case .bits7: 0
            case .bits16: 16
            case .bits64: 64
            }
        guard width > 0 else { return nil }
        var meaning = "the payload has \(FrameHeader.byteCount(payloadLength))"
        if payloadLength >> 63 != 0 { meaning += ", but the first bit must be 0" }
        if !hasMinimalLength { meaning += ", which a shorter form can say, and so it must" }
        return FrameField(
            .extendedPayloadLength, bits: 16..<(16 + width), value: String(payloadLength), meaning: meaning,
            section: "RFC 6455 §5.2")
    }

    private var keyField: FrameField? {
        guard let maskingKey else { return nil }
        let end = size * 8
        return FrameField(
            .maskingKey, bits: (end - 32)..<end, value: maskingKey.bytes.map(\.hex).joined(separator: " "),
            meaning: "payload byte i was XORed with key byte i mod 4", section: "RFC 6455 §5.3")
    }

    private var applicationData: FrameField? {
        guard payloadLength > 0 else { return nil }
        let start = size * 8
        let (width, overflow) = Int(clamping: payloadLength).multipliedReportingOverflow(by: 8)
        let end = overflow || width > Int.max - start ? Int.max : start + width
        let (meaning, section) = opcode.payloadMeaning
        return FrameField(
            .applicationData, bits: start..<end, value: FrameHeader.byteCount(payloadLength), meaning: meaning,
            section: section)
    }

    static func byteCount(_ count: UInt64) -> String { count == 1 ? "1 byte" : "\(count) bytes" }
}

extension Opcode {
    /// What the opcode says, for a person, and the section.
    fileprivate var meaning: (text: String, section: String) {
        switch self {
        case .continuation: ("continuation: the next fragment of the message under way", "RFC 6455 §5.4")
        case .text: ("text: a message in UTF-8 begins", "RFC 6455 §5.6")
        case .binary: ("binary: a message of arbitrary bytes begins", "RFC 6455 §5.6")
        case .close: ("close: the sender wants to close, or agrees to", "RFC 6455 §5.5.1")
        case .ping: ("ping: the receiver must answer with a pong of the same data", "RFC 6455 §5.5.2")
        case .pong: ("pong: the answer to a ping, or an unasked sign of life", "RFC 6455 §5.5.3")
        case .reserved:
            ("reserved for further \(isControl ? "control" : "data") frames: no meaning yet", "RFC 6455 §5.2")
        }
    }

    /// What the payload is.
    fileprivate var payloadMeaning: (text: String, section: String) {
        switch self {
        case .continuation: ("a further piece of the message", "RFC 6455 §5.4")
        case .text: ("text in UTF-8, or its beginning", "RFC 6455 §5.6")
        case .binary: ("bytes that only the application understands", "RFC 6455 §5.6")
        case .close: ("why the sender closes: status code and reason", "RFC 6455 §5.5.1")
        case .ping: ("comes back in the pong", "RFC 6455 §5.5.2")
        case .pong: ("the data of the ping it answers", "RFC 6455 §5.5.3")
        case .reserved: ("unknown", "RFC 6455 §5.2")
        }
    }
}
