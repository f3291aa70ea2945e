import Wire

/// A frame's bytes in one line and what they are in the next: the first two bit by bit, the others in hexadecimal.
struct TextRuler {
    let header: FrameHeader
    /// The frame as it came, from its first byte on; the payload may be cut.
    let bytes: [UInt8]

    var lines: [String] {
        var top = ""
        var bottom = ""
        for cell in cells {
            let width = max(cell.top.count, cell.bottom.count)
            top += "  " + cell.top.padded(to: width)
            bottom += "  " + cell.bottom.padded(to: width)
        }
        return [top, bottom].map { String(Substring($0.dropFirst()).trimmedAtEnd) }
    }

    private var cells: [(top: String, bottom: String)] {
        let bits = [header.byte0, header.byte1].map { byte in
            (0..<8).map { byte << $0 & 0x80 == 0 ? "0" : "1" }.joined()
        }
        let first = bits[0].prefix(1) + " " + bits[0].dropFirst().prefix(3) + " " + bits[0].suffix(4)
        let second = bits[1].prefix(1) + " " + bits[1].suffix(7)
        var cells = [(String(first), "F RSV op"), (String(second), "M length")]
        let keySize = header.isMasked ? 4 : 0
        if header.lengthForm != .bits7 { cells.append((hex(2..<(header.size - keySize)), "extended length")) }
        if header.isMasked { cells.append((hex((header.size - 4)..<header.size), "masking key")) }
        if bytes.count > header.size { cells.append((payload(behind: cells), "payload")) }
        return cells
    }

    /// As many bytes as the rest of 80 columns holds.
    private func payload(behind cells: [(top: String, bottom: String)]) -> String {
        let used = cells.reduce(0) { $0 + max($1.top.count, $1.bottom.count) + 2 }
        let room = (79 - used - 1) / 3
        let count = bytes.count - header.size
        let isCut = count > room || UInt64(count) < header.payloadLength
        let shown = min(count, isCut ? room - 1 : room)
        return hex(header.size..<(header.size + shown)) + (isCut ? " …" : "")
    }

    private func hex(_ range: Range<Int>) -> String { bytes[range].map(\.hex).joined(separator: " ") }
}
