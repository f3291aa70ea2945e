/// JSON, RFC 8259; what a terminal could act upon is escaped as well.
extension LineBuffer {
    /// A comma and the key.
    mutating func key(_ name: StaticString) {
        add(",\"")
        add(name)
        add("\":")
    }

    mutating func quoted(_ text: String) {
        var text = text
        text.withUTF8 { quoted($0.span) }
    }

    /// - Parameter text: UTF-8.
    mutating func quoted(_ text: Span<UInt8>) {
        add(0x22)
        text.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                let end = LineBuffer.plainEnd(bytes, from: index)
                self.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<end]))
                index = end
                if index < bytes.count { index += escapeOrCopy(bytes, at: index) }
            }
        }
        add(0x22)
    }

    /// Where the visible ASCII ends that needs no escape.
    private static func plainEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index + 8 <= bytes.count {
            let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quote = word ^ 0x2222_2222_2222_2222
            let backslash = word ^ 0x5c5c_5c5c_5c5c_5c5c
            // The high bit of a byte: below 0x20 borrows, 0x7f carries, from 0x80 on it is set, zero borrows.
            let low = word &- 0x2020_2020_2020_2020
            let high = word | word &+ 0x0101_0101_0101_0101
            let equal = (quote &- 0x0101_0101_0101_0101) | (backslash &- 0x0101_0101_0101_0101)
            if (low | high | equal) & 0x8080_8080_8080_8080 != 0 { break }
            index += 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x20 || byte >= 0x7f || byte == 0x22 || byte == 0x5c { break }
            index += 1
        }
        return index
    }

    /// - Returns: How many bytes were dealt with.
    private mutating func escapeOrCopy(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let byte = bytes[index]
        if byte < 0x80 {
            switch byte {
            case 0x22: add("\\\"")
            case 0x5c: add("\\\\")
            case 0x0a: add("\\n")
            case 0x0d: add("\\r")
            case 0x09: add("\\t")
            default: unit(UInt16(byte))
            }
            return 1
        }
        let length = min(byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4, bytes.count - index)
        let character = UnsafeBufferPointer(rebasing: bytes[index..<(index + length)])
        let scalars = String(decoding: character, as: UTF8.self).unicodeScalars
        if scalars.contains(where: LineBuffer.isUnsafe) {
            for scalar in scalars {
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { self.unit(unit) }
            }
        } else {
            self.bytes.append(contentsOf: character)
        }
        return length
    }

    /// `\u001b`
    private mutating func unit(_ unit: UInt16) {
        add("\\u")
        hex(UInt8(unit >> 8))
        hex(UInt8(unit & 0xff))
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// In quotation marks, RFC 4648 §4.
    mutating func base64(_ bytes: Span<UInt8>) {
        add(0x22)
        var index = 0
        while index < bytes.count {
            let count = min(3, bytes.count - index)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[index + offset]) : 0) }
            for place in 0..<4 {
                let digit = UInt8(group >> UInt32(18 - 6 * place) & 0x3f)
                add(place <= count ? LineBuffer.base64Digit(digit) : 0x3d)
            }
            index += 3
        }
        add(0x22)
    }

    private static func base64Digit(_ value: UInt8) -> UInt8 {
        switch value {
        case ..<26: 0x41 + value
        case ..<52: 0x61 + value - 26
        case ..<62: 0x30 + value - 52
        case 62: 0x2b
        default: 0x2f
        }
    }
}
