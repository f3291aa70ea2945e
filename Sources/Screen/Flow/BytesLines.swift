import Wire

/// Bytes of frames in groups, the name of each group below it, on as many lines as they need.
struct BytesLines {
    private struct Group {
        let name: String
        let value: String

        var width: Int { max(name.count, value.count) }
    }

    let bytes: [UInt8]
    /// They are no whole frames: no names.
    var isPiece = false
    let width: Int

    private static let gap = 2

    var lines: [StyledText] {
        var lines: [StyledText] = []
        var (values, names) = (StyledText(" "), StyledText(" "))
        for group in groups {
            if values.width > 1, values.width + group.width > width {
                lines += [values, names]
                (values, names) = (StyledText(" "), StyledText(" "))
            }
            let start = values.width
            values.append(group.value, .code)
            names.append(group.name, .dim)
            values.append(String(repeating: " ", count: start + group.width + BytesLines.gap - values.width))
            names.append(String(repeating: " ", count: start + group.width + BytesLines.gap - names.width))
        }
        return (lines + [values, names]).filter { !$0.text.allSatisfy { $0 == " " } }
    }

    private var groups: [Group] {
        guard !isPiece else { return hex(bytes, "") }
        var groups: [Group] = []
        var offset = 0
        while offset < bytes.count {
            guard let header = FrameHeader.read(bytes.span, at: offset) else {
                return groups + hex(Array(bytes[offset...]), "the rest")
            }
            let key = header.maskingKey?.bytes ?? []
            let size = header.size
            groups += hex(Array(bytes[offset..<(offset + size - key.count)]), "header")
            if !key.isEmpty { groups += hex(key, "key") }
            let length = Int(clamping: header.payloadLength)
            let start = offset + size
            let end = length > bytes.count - start ? bytes.count : start + length
            groups += hex(Array(bytes[start..<end]), key.isEmpty ? "payload" : "payload, masked")
            offset = end
        }
        return groups
    }

    /// Cut into pieces that fit.
    private func hex(_ bytes: [UInt8], _ name: String) -> [Group] {
        let perLine = max(1, (width - 1) / 3)
        return stride(from: 0, to: bytes.count, by: perLine).map { start in
            Group(
                name: start == 0 ? name : "",
                value: Figure.hex(bytes[start..<min(bytes.count, start + perLine)]))
        }
    }
}
