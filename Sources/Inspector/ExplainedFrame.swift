import Connection
import Wire

/// One frame on a page of text: the ruler, every field, the payload, what is wrong.
struct ExplainedFrame {
    enum Inflation {
        /// The message is not compressed.
        case none
        case bytes([UInt8])
        /// Broken, or it refers to messages that are not here.
        case impossible
    }

    let number: Int
    /// The offset of its first byte.
    let start: Int
    let header: FrameHeader
    let sender: Side
    let isSenderGuessed: Bool
    /// As far as it is there; unmasked.
    let payload: [UInt8]
    let inflation: Inflation
    let violations: [Violation]

    func lines(of bytes: [UInt8]) -> [String] {
        let close = header.opcode == .close ? ClosePayload(payload.span) : .empty
        let closeFields = close.fields(from: header.size * 8)
        let raw = Array(bytes[start..<(start + header.size + payload.count)])
        let page = [title, ""] + TextRuler(header: header, bytes: raw).lines + [""] + table(closeFields)
        return page + payloadLines + violationLines
    }

    private var title: String {
        let size = UInt64(header.size).addingReportingOverflow(header.payloadLength)
        let count = size.overflow ? "more than 2^64 bytes" : ExplainedFrame.count(size.partialValue)
        let direction = "\(sender) → \(sender.peer)\(isSenderGuessed ? ", by mask" : "")"
        let place = start == 0 ? "" : "  at \(start)"
        return "frame \(number)  \(header.opcode)  \(direction)  \(count)\(place)"
    }

    private func table(_ closeFields: [FrameField]) -> [String] {
        let fields = header.fields(sender: isSenderGuessed ? nil : sender) + closeFields
        let rows = fields.map { field in
            let isCut = field.name == .applicationData && !isComplete
            let bits = isCut ? "\(field.bits.lowerBound)–…" : ExplainedFrame.range(field.bits)
            let name = field.name == .extendedPayloadLength ? "extended length" : field.name.title
            return row(bits, name, field.value, "\(field.meaning)  \(ExplainedFrame.section(field.section))")
        }
        return row("bits", "field", "value", "meaning, and its section in RFC 6455") + rows.joined()
    }

    private func row(_ bits: String, _ name: String, _ value: String, _ meaning: String) -> [String] {
        let front = " " + bits.padded(to: 9) + name.padded(to: 17)
        let indent = String(repeating: " ", count: 40)
        let texts = meaning.wrapped(to: 40)
        guard value.count <= 12, value.displayWidth <= 12 else {
            let values = value.wrapped(to: 52)
            let continued = values.dropFirst().map { String(repeating: " ", count: 27) + $0 }
            return [front + (values.first ?? "")] + continued + texts.map { indent + $0 }
        }
        let first = front + value.padded(to: 13) + (texts.first ?? "")
        return [first] + texts.dropFirst().map { indent + $0 }
    }

    private var payloadLines: [String] {
        guard !payload.isEmpty else { return [] }
        let title = " payload" + (header.isMasked ? ", unmasked: \(derivation)" : "")
        let lines = ["", title] + HexDump(payload).lines
        switch inflation {
        case .none:
            return lines + text(payload)
        case .impossible:
            return lines + ["", " It cannot be inflated alone: it is broken, or refers to messages before it."]
        case .bytes(let inflated):
            let size = ExplainedFrame.count(UInt64(inflated.count))
            return lines + ["", " inflated to \(size)"] + HexDump(inflated).lines + text(inflated)
        }
    }

    /// What the bytes of a text say, where they are not ASCII: the dump shows that already.
    private func text(_ bytes: [UInt8]) -> [String] {
        guard header.opcode == .text, bytes.contains(where: { $0 >= 0x80 }) else { return [] }
        let rows = SafeText.escape(bytes).wrapped(to: 73)
        let shown = rows.prefix(8).map { "       \($0)" }
        return [" text"] + shown + (rows.count > 8 ? ["       …"] : [])
    }

    private var isComplete: Bool { UInt64(payload.count) == header.payloadLength }

    /// §5.3 by the example of the first byte.
    private var derivation: String {
        guard let key = header.maskingKey, let byte = payload.first else { return "" }
        let shown = (0x21..<0x7f).contains(byte) ? " \"\(Character(Unicode.Scalar(byte)))\"" : ""
        return "\((byte ^ key[0]).hex) xor \(key[0].hex) = \(byte.hex)\(shown), and so on  §5.3"
    }

    private var violationLines: [String] {
        guard !violations.isEmpty else { return [] }
        return [""]
            + violations.flatMap { violation in
                let bits = violation.bits.map { ", bit\($0.count == 1 ? "" : "s") \(ExplainedFrame.range($0))" } ?? ""
                let section = ExplainedFrame.section(violation.rule.section)
                let texts = "\(violation)\(bits)  \(section)".wrapped(to: 77)
                return texts.enumerated().map { ($0.offset == 0 ? " ✗ " : "   ") + $0.element }
            }
    }

    private static func range(_ bits: Range<Int>) -> String {
        bits.count == 1 ? "\(bits.lowerBound)" : "\(bits.lowerBound)–\(bits.upperBound - 1)"
    }

    private static func count(_ bytes: UInt64) -> String { bytes == 1 ? "1 byte" : "\(bytes) bytes" }

    /// A mention of RFC 6455 goes without saying; another RFC's number stays with its section in one line.
    private static func section(_ section: String) -> String {
        let text = section.hasPrefix("RFC 6455 ") ? String(section.dropFirst(9)) : section
        return String(text.map { $0 == " " ? "\u{a0}" : $0 })
    }
}
