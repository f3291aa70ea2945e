import Wire

/// Bytes in rows of sixteen, each with its offset, its hexadecimal digits and its characters.
struct HexDump {
    private let bytes: [UInt8]
    private let mostRows: Int

    init(_ bytes: [UInt8], mostRows: Int = 16) {
        self.bytes = bytes
        self.mostRows = mostRows
    }

    var lines: [String] {
        let rows = stride(from: 0, to: bytes.count, by: 16).prefix(mostRows).map(row)
        let hidden = bytes.count - mostRows * 16
        return rows + (hidden > 0 ? ["      … \(hidden) more"] : [])
    }

    private func row(_ start: Int) -> String {
        let row = bytes[start..<min(start + 16, bytes.count)]
        let offset = String(start, radix: 16)
        let digits = row.map(\.hex).joined(separator: " ")
        let text = row.map { (0x20..<0x7f).contains($0) ? Character(Unicode.Scalar($0)) : "." }
        let zeros = String(repeating: "0", count: max(0, 4 - offset.count))
        return " \(zeros)\(offset)  \(digits.padded(to: 49))\(String(text))"
    }
}
