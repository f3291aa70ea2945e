/// Base 64, RFC 4648 §4: the form of `Sec-WebSocket-Key` and `Sec-WebSocket-Accept`.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < group.count ? UInt32(group[start + $1]) : 0) }
            for index in 0..<4 {
                let symbol = alphabet[Int(word >> UInt32(18 - 6 * index) & 63)]
                text.append(index <= group.count ? symbol : 0x3d)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, and whether the unused bits of the last character are 0 as they should be; nil where the text
    /// breaks the grammar of RFC 6455 §4.3.
    package static func decode(_ text: String) -> (bytes: [UInt8], isCanonical: Bool)? {
        let symbols = Array(text.utf8)
        let padding = symbols.suffix(2).reversed().prefix { $0 == 0x3d }.count
        guard symbols.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(symbols.count / 4 * 3)
        var word: UInt32 = 0
        var bits = 0
        for symbol in symbols.dropLast(padding) {
            guard let value = value(of: symbol) else { return nil }
            word = word << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
                word &= (1 << UInt32(bits)) - 1
            }
        }
        return (bytes, word == 0)
    }

    private static func value(of symbol: UInt8) -> UInt32? {
        switch symbol {
        case 0x41...0x5a: UInt32(symbol - 0x41)
        case 0x61...0x7a: UInt32(symbol - 0x61 + 26)
        case 0x30...0x39: UInt32(symbol - 0x30 + 52)
        case 0x2b: 62
        case 0x2f: 63
        default: nil
        }
    }
}
