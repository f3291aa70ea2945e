/// Text of a peer made safe for a terminal: what would move the cursor, change the colours, reorder or hide text shows as
/// an escape such as `\x1b` or `\u{202e}`. Everything else stays as it is.
package enum SafeText {
    package static func escape(_ text: String) -> String {
        var copy = text
        return copy.withUTF8 { escape(UnsafeRawBufferPointer($0)) ?? text }
    }

    /// Bytes that are no UTF-8 appear one by one, such as `\xff`.
    package static func escape(_ bytes: [UInt8]) -> String {
        bytes.withUnsafeBytes { escape($0) ?? String(decoding: $0, as: UTF8.self) }
    }

    package static func escape(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { buffer in
            escape(UnsafeRawBufferPointer(buffer)) ?? String(decoding: buffer, as: UTF8.self)
        }
    }

    /// Appends the escaped text, in UTF-8.
    package static func append(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { append(UnsafeRawBufferPointer($0), to: &output) }
    }

    /// - Returns: Nil where nothing is to be escaped, so that the caller's own text serves.
    private static func escape(_ bytes: UnsafeRawBufferPointer) -> String? {
        if safePrefix(bytes, from: 0) == bytes.count { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        append(bytes, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private static func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            let end = safePrefix(bytes, from: index)
            output.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[index..<end]))
            index = end
            guard index < bytes.count else { return }
            let (scalar, length) = decode(bytes, at: index)
            appendEscape(scalar, byte: bytes[index], to: &output)
            index += length
        }
    }

    /// Where the text that needs no escape, and begins at `start`, ends.
    private static func safePrefix(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            index = plainPrefix(bytes, from: index)
            guard index < bytes.count, bytes[index] >= 0x80 else { return index }
            let (scalar, length) = decode(bytes, at: index)
            guard let scalar, !isUnsafe(scalar) else { return index }
            index += length
        }
        return index
    }

    /// Where the visible ASCII that begins at `start` ends; eight bytes a step.
    private static func plainPrefix(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            // A byte below 0x20 borrows, 0x7f carries, one from 0x80 has the bit itself.
            let low = word &- 0x2020_2020_2020_2020
            let high = word &+ 0x0101_0101_0101_0101
            if (word | low | high) & 0x8080_8080_8080_8080 != 0 { break }
            index += 8
        }
        while index < bytes.count, bytes[index] >= 0x20, bytes[index] < 0x7f { index += 1 }
        return index
    }

    /// The scalar that begins at `index`; nil with length 1 where there is none, RFC 3629 §4.
    private static func decode(_ bytes: UnsafeRawBufferPointer, at index: Int) -> (Unicode.Scalar?, Int) {
        let first = bytes[index]
        let length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
        guard first < 0x80 || first >= 0xc2, first < 0xf5, index + length <= bytes.count else { return (nil, 1) }
        var value = length == 1 ? UInt32(first) : UInt32(first) & (0x7f >> UInt32(length))
        for offset in 1..<max(length, 1) {
            let byte = bytes[index + offset]
            guard byte & 0xc0 == 0x80 else { return (nil, 1) }
            value = value << 6 | UInt32(byte & 0x3f)
        }
        let isShortest = length < 3 || value >= (length == 3 ? 0x800 : 0x1_0000)
        guard isShortest, let scalar = Unicode.Scalar(value) else { return (nil, 1) }
        return (scalar, length)
    }

    /// Controls, what reorders text, what has no width, and what ends a line.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7f: false
        case 0x00..<0x20, 0x7f..<0xa0, 0xad: true
        // Letters, ideographs and emoji without a single exception: no need to look each up.
        case 0xa0..<0x34f, 0x370..<0x600, 0x3041..<0x3130, 0x3190..<0xa000, 0xac00..<0xd7a4, 0x1f300..<0x1fb00: false
        // It only asks for a coloured emoji.
        case 0xfe0f: false
        default: hasUnsafeProperties(scalar)
        }
    }

    private static func hasUnsafeProperties(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func appendEscape(_ scalar: Unicode.Scalar?, byte: UInt8, to output: inout [UInt8]) {
        let text =
            switch scalar?.value {
            case 0x09: "\\t"
            case 0x0a: "\\n"
            case 0x0d: "\\r"
            case nil: "\\x\(byte.hex)"
            case let value? where value < 0x80: "\\x\(byte.hex)"
            case let value?: "\\u{\(String(value, radix: 16))}"
            }
        output.append(contentsOf: text.utf8)
    }
}
