import Wire

/// Bytes of a lesson, bit by bit, as plain lines.
package enum BytesLines {
    package static func lines(_ example: BytesExample, width: Int) -> [String] {
        let arrow = example.side == .client ? "client ─▶" : "◀─ server"
        var lines = hex(example.bytes, width - 4).enumerated().map { ($0 == 0 ? arrow + "  " : "           ") + $1 }
        guard !example.isPiece else { return lines }
        var rest = example.bytes[...]
        while let frame = frame(Array(rest)) {
            lines += frame.lines.map { "    " + $0 }
            rest = rest.dropFirst(frame.count)
        }
        return lines
    }

    private static func hex(_ bytes: [UInt8], _ width: Int) -> [String] {
        let shown = bytes.prefix(48).map(PayloadWords.hex).joined(separator: " ") + (bytes.count > 48 ? " …" : "")
        return shown.wrapped(to: max(width - 11, 24))
    }

    /// The header's bits, and what they say.
    private static func frame(_ bytes: [UInt8]) -> (lines: [String], count: Int)? {
        guard let header = FrameHeader.read(bytes.span, at: 0) else { return nil }
        let end = min(header.size + Int(clamping: header.payloadLength), bytes.count)
        var payload = Array(bytes[min(header.size, bytes.count)..<end])
        let masked = payload
        if let key = header.maskingKey { payload.withUnsafeMutableBytes { Masking.apply(key, to: $0) } }
        var lines = [
            "\(bits(header.byte0))  FIN \(header.fin ? 1 : 0), RSV \(header.byte0 >> 4 & 7), \(header.opcode)",
            "\(bits(header.byte1))  MASK \(header.isMasked ? 1 : 0), length \(header.payloadLength)"
                + (header.lengthForm == .bits7 ? "" : " in \(header.lengthForm == .bits16 ? 16 : 64) bits"),
        ]
        if let key = header.maskingKey {
            lines.append("masking key \(key.bytes.map(PayloadWords.hex).joined(separator: " "))")
            lines.append("on the wire \(PayloadWords.hexStart(masked))")
        }
        if !payload.isEmpty { lines.append("payload     \(words(header.opcode, payload))") }
        return (lines, end)
    }

    private static func words(_ opcode: Opcode, _ payload: [UInt8]) -> String {
        guard opcode == .close else { return PayloadWords.short(payload) }
        let close = ClosePayload(payload.span)
        return "\(close.closeCode)" + (close.reason.isEmpty ? "" : " \"\(SafeText.escape(close.reason))\"")
    }

    /// `1 000 0001`.
    private static func bits(_ byte: UInt8) -> String {
        let digits = Array(
            String(repeating: "0", count: byte.leadingZeroBitCount) + (byte == 0 ? "" : String(byte, radix: 2)))
        return String(digits[0..<1]) + " " + String(digits[1..<4]) + " " + String(digits[4..<8])
    }
}

extension PayloadWords {
    static func hexStart(_ bytes: [UInt8]) -> String {
        bytes.prefix(16).map(hex).joined(separator: " ") + (bytes.count > 16 ? " …" : "")
    }
}
