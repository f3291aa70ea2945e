/// Bytes as people have read them since the seventies: sixteen a line, with what is ASCII beside them.
enum HexLens {
    static let bytesPerLine = 16

    static func lineCount(of byteCount: Int) -> Int { (byteCount + bytesPerLine - 1) / bytesPerLine }

    /// - Parameters:
    ///   - bytes: At most sixteen.
    ///   - offset: Of the first one, in the payload.
    ///   - selected: The offset of the byte that is marked.
    static func line(_ bytes: ArraySlice<UInt8>, at offset: Int, selected: Int? = nil) -> StyledText {
        var line = StyledText(hexOffset(offset), .dim)
        for (index, byte) in bytes.enumerated() {
            line.append(index == 8 ? "  " : " ")
            if index == 0 { line.append(" ") }
            line.append(Figure.hex(byte), .text, on: offset + index == selected ? .field : nil)
        }
        line.pad(to: 60)
        for (index, byte) in bytes.enumerated() {
            let isPlain = (0x20..<0x7f).contains(byte)
            let text = isPlain ? String(Unicode.Scalar(byte)) : "·"
            line.append(text, isPlain ? .text : .dim, on: offset + index == selected ? .field : nil)
        }
        return line
    }

    private static func hexOffset(_ offset: Int) -> String {
        let digits = String(offset, radix: 16)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}
