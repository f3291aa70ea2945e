import Wire

/// A frame's header in one line, its first two bytes bit by bit, and under it the guilty bits.
struct FrameExcerpt {
    let header: FrameHeader
    let sender: Side?
    /// Counted from the first bit of the frame; nil where all of it is meant, or none of it.
    let bits: Range<Int>?

    var lines: [String] {
        var text = ""
        var columns: [Int] = []
        for (index, byte) in header.bytes.enumerated() {
            text += gap(before: index)
            for bit in 0..<8 {
                if index < 2 {
                    if (index == 0 && (bit == 1 || bit == 4)) || (index == 1 && bit == 1) { text += " " }
                    columns.append(text.count)
                    text += byte << bit & 0x80 == 0 ? "0" : "1"
                } else {
                    columns.append(text.count + bit / 4)
                }
            }
            if index >= 2 { text += byte.hex }
        }
        return [text] + marks(columns)
    }

    private func gap(before byte: Int) -> String {
        let key = header.size - (header.isMasked ? 4 : 0)
        return byte == 0 ? "" : byte <= 2 || (byte == key && header.isMasked) ? "  " : " "
    }

    private func marks(_ columns: [Int]) -> [String] {
        guard let bits, !bits.isEmpty else { return [] }
        let inside = bits.clamped(to: 0..<columns.count)
        guard let first = inside.first, let last = inside.last else { return [words(bits)] }
        let line = (columns[first]...columns[last]).map { column in
            columns[inside].contains(column) ? "^" : " "
        }
        return [String(repeating: " ", count: columns[first]) + line.joined() + " " + words(bits)]
    }

    /// The fields that these bits are part of.
    private func words(_ bits: Range<Int>) -> String {
        let fields = header.fields(sender: sender).filter { $0.bits.overlaps(bits) }
        if fields.count == 1, let field = fields.first {
            if field.name == .applicationData { return place(bits, in: field) }
            return "\(field.name.title) \(field.value): \(field.meaning)"
        }
        return fields.map(\.name.title).joined(separator: ", ")
    }

    private func place(_ bits: Range<Int>, in field: FrameField) -> String {
        let (first, last) = (
            (bits.lowerBound - field.bits.lowerBound) / 8, (bits.upperBound - 1 - field.bits.lowerBound) / 8
        )
        return first >= last ? "byte \(first) of the payload" : "bytes \(first)–\(last) of the payload"
    }
}
