import Inspector
import Wire

/// A frame drawn bit by bit: the values as they were on the wire, the fields' names below, a mark below the selected one.
struct BitRuler {
    let ruler: Ruler
    let frame: LogFrame
    let position: RulerPosition
    /// Payload bytes as they were on the wire, from `firstByte` on.
    let wire: [UInt8]
    let firstByte: Int
    let width: Int

    /// A stretch of the ruler: values above a name.
    private struct Stretch {
        var values = StyledText()
        let name: String
        var isSelected = false
        /// In columns from the stretch's beginning.
        var mark: Range<Int>?
        var hasFault = false

        init(_ name: String) { self.name = name }

        var width: Int { max(values.width, name.count) }
    }

    private static let gap = 2

    /// How many payload bytes fit behind the header.
    static func payloadRoom(_ frame: LogFrame, width: Int) -> Int {
        let header = frame.header
        let extended = header.lengthForm == .bits7 ? 0 : header.lengthForm == .bits16 ? 14 : 25
        let room = width - 1 - 29 - extended - (header.isMasked ? 13 : 0)
        let bytes = max(1, (room + 1) / 3)
        // An ellipsis takes the place of the last one.
        return UInt64(bytes) < frame.received ? max(1, bytes - 1) : bytes
    }

    var lines: [StyledText] {
        var values = StyledText(" ")
        var names = StyledText(" ")
        var marks = StyledText(" ")
        let stretches = stretches
        for (index, stretch) in stretches.enumerated() {
            let start = values.width
            values.append(stretch.values)
            names.append(stretch.name, stretch.hasFault ? .verdictBad : stretch.isSelected ? .strong : .dim)
            if let mark = stretch.mark {
                marks.pad(to: start + mark.lowerBound)
                marks.append(String(repeating: "▔", count: mark.count), .strong)
            }
            guard index + 1 < stretches.count else { continue }
            values.pad(to: start + stretch.width + BitRuler.gap)
            names.pad(to: start + stretch.width + BitRuler.gap)
        }
        return [values, names, marks]
    }

    private var stretches: [Stretch] {
        let header = frame.header
        let first = UInt64(header.byte0)
        let second = UInt64(header.byte1)
        var result = [
            bits("F", [(.fin, first >> 7, 1)]),
            bits("RSV", [(.rsv1, first >> 6, 1), (.rsv2, first >> 5, 1), (.rsv3, first >> 4, 1)]),
            bits("op", [(.opcode, first, 4)]),
            bits("M", [(.mask, second >> 7, 1)]),
            bits("len", [(.payloadLength, second, 7)]),
        ]
        switch header.lengthForm {
        case .bits7: break
        case .bits16: result.append(bytes("16-bit length", .extendedPayloadLength, lengthBytes(2)))
        case .bits64: result.append(bytes("64-bit length", .extendedPayloadLength, lengthBytes(8)))
        }
        if let key = header.maskingKey { result.append(bytes("masking key", .maskingKey, key.bytes)) }
        if frame.received > 0 { result.append(payload) }
        return result
    }

    private func lengthBytes(_ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: frame.header.payloadLength >> UInt64($0 * 8)) }
    }

    private var selected: FrameField? { ruler.field(at: position) }

    private func hasFault(_ field: FrameField.Name) -> Bool {
        guard let bits = ruler.fields.first(where: { $0.name == field })?.bits else { return false }
        return frame.violations(isCompressionAgreed: frame.isCompressed)
            .contains { $0.bits.map { $0.overlaps(bits) } ?? false }
    }

    private func bits(_ name: String, _ parts: [(FrameField.Name, UInt64, Int)]) -> Stretch {
        var stretch = Stretch(name)
        for (field, value, width) in parts {
            let isSelected = selected?.name == field
            let start = stretch.values.width
            let style: Style = hasFault(field) ? .verdictBad : .text
            stretch.values.append(Figure.binary(value, width: width), style, on: isSelected ? .field : nil)
            stretch.hasFault = stretch.hasFault || style == .verdictBad
            if isSelected {
                stretch.isSelected = true
                stretch.mark = start..<(start + width)
            }
        }
        return stretch
    }

    private func bytes(_ name: String, _ field: FrameField.Name, _ bytes: [UInt8]) -> Stretch {
        var stretch = Stretch(name)
        stretch.isSelected = selected?.name == field
        stretch.hasFault = hasFault(field)
        let style: Style = stretch.hasFault ? .verdictBad : .text
        stretch.values.append(Figure.hex(bytes), style, on: stretch.isSelected ? .field : nil)
        if stretch.isSelected { stretch.mark = 0..<stretch.values.width }
        return stretch
    }

    /// The window of the payload that `wire` holds; of a Close frame status code and reason are selected as well.
    private var payload: Stretch {
        var stretch = Stretch(frame.header.isMasked ? "payload, masked" : "payload")
        let range = selectedBytes
        for (index, byte) in wire.enumerated() {
            let offset = firstByte + index
            let isSelected = range.contains(offset)
            if index > 0 {
                stretch.values.append(" ", .text, on: isSelected && range.contains(offset - 1) ? .field : nil)
            }
            let start = stretch.values.width
            stretch.values.append(Figure.hex(byte), .text, on: isSelected ? .field : nil)
            guard isSelected else { continue }
            stretch.isSelected = true
            stretch.mark = (stretch.mark?.lowerBound ?? start)..<(start + 2)
        }
        if firstByte + wire.count < ruler.byteCount { stretch.values.append(" …", .dim) }
        return stretch
    }

    private var selectedBytes: Range<Int> {
        guard let selected else { return 0..<0 }
        switch selected.name {
        case .applicationData: return position.byte.map { $0..<($0 + 1) } ?? 0..<ruler.byteCount
        case .statusCode, .reason:
            let start = selected.bits.lowerBound / 8 - frame.header.size
            return start..<(start + selected.bits.count / 8)
        case .fin, .rsv1, .rsv2, .rsv3, .opcode, .mask, .payloadLength, .extendedPayloadLength, .maskingKey:
            return 0..<0
        }
    }
}
