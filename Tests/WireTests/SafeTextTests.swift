import Testing
import Wire

/// Nothing that a peer wrote can act on a terminal or hide on it.
struct SafeTextTests {
    @Test(arguments: [
        "", "plain ASCII ~!@", "Grüße, 漢字, 😀 👍🏽", "{\"a\\b\": [1]}", "❤\u{fe0f}", "नमस्ते", "e\u{301}", "\u{a0}",
    ])
    func textStaysAsItIs(text: String) {
        #expect(SafeText.escape(text) == text)
        #expect(SafeText.escape(Array(text.utf8)) == text)
    }

    @Test(arguments: [
        ("\u{1b}[31mred", "\\x1b[31mred"), ("a\u{0}b", "a\\x00b"), ("\t\r\n", "\\t\\r\\n"), ("\u{7f}", "\\x7f"),
        ("\u{80}\u{9b}31m\u{9f}", "\\u{80}\\u{9b}31m\\u{9f}"),
        ("\u{202a}\u{202e}\u{2066}\u{2069}", "\\u{202a}\\u{202e}\\u{2066}\\u{2069}"),
        ("\u{200e}\u{200f}\u{61c}", "\\u{200e}\\u{200f}\\u{61c}"), ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
        ("\u{200b}\u{200c}\u{200d}\u{2060}\u{ad}", "\\u{200b}\\u{200c}\\u{200d}\\u{2060}\\u{ad}"),
        ("\u{feff}", "\\u{feff}"), ("\u{e0041}", "\\u{e0041}"), ("\u{3164}\u{115f}", "\\u{3164}\\u{115f}"),
        ("é\u{1b}é", "é\\x1bé"),
    ])
    func whatActsOrHidesBecomesVisible(text: String, escaped: String) {
        #expect(SafeText.escape(text) == escaped)
        #expect(SafeText.escape(Array(text.utf8)) == escaped)
    }

    @Test(
        arguments: [
            ([0xff], "\\xff"), ([0x61, 0x80, 0x62], "a\\x80b"), ([0x9b, 0x33], "\\x9b3"), ([0xc3], "\\xc3"),
            ([0xe2, 0x82], "\\xe2\\x82"), ([0xf0, 0x9f, 0x98], "\\xf0\\x9f\\x98"), ([0xc0, 0x80], "\\xc0\\x80"),
            ([0xed, 0xa0, 0x80], "\\xed\\xa0\\x80"), ([0xf4, 0x90, 0x80, 0x80], "\\xf4\\x90\\x80\\x80"),
            ([0xe0, 0x80, 0x9b], "\\xe0\\x80\\x9b"), ([0xc3, 0x28], "\\xc3("), ([0xf8, 0x88], "\\xf8\\x88"),
        ] as [([UInt8], String)])
    func bytesThatAreNoUTF8AreShownOneByOne(bytes: [UInt8], escaped: String) {
        #expect(SafeText.escape(bytes) == escaped)
        let span = SafeText.escape(bytes.span)
        #expect(span == escaped)
    }

    /// Every byte at every place of the blocks of eight that the fast path takes.
    @Test func everyByteIsFoundWhereverItStands() {
        for byte in UInt8.min...UInt8.max {
            let shown = (0x20..<0x7f).contains(byte) ? String(decoding: [byte], as: UTF8.self) : "\\"
            for place in 0..<20 {
                var bytes = [UInt8](repeating: 0x61, count: 20)
                bytes[place] = byte
                let escaped = SafeText.escape(bytes)
                let start = String(repeating: "a", count: place) + shown
                if !escaped.hasPrefix(start) { Issue.record("byte \(byte) at \(place)") }
            }
        }
    }

    /// What Unicode says of a scalar decides, not a list of ours.
    @Test func everyScalarIsKeptOrEscapedAsUnicodeSays() {
        for value in 0...0x10ffff as ClosedRange<UInt32> {
            // Every seventh of the long rows of ideographs and private characters is enough.
            if value > 0x3400, !value.isMultiple(of: 7), !(0xf900...0x1_ffff).contains(value), value >> 12 != 0xe0 {
                continue
            }
            guard let scalar = Unicode.Scalar(value) else { continue }
            let properties = scalar.properties
            let isUnsafe =
                [.control, .format, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
                || properties.isDefaultIgnorableCodePoint
            let escaped = SafeText.escape(String(Character(scalar)))
            let isEscaped = escaped.hasPrefix("\\") && escaped.utf8.count > 1
            if isEscaped != (isUnsafe && value != 0xfe0f) { Issue.record("U+\(String(value, radix: 16)): \(escaped)") }
        }
    }

    @Test func appendingKeepsWhatWasThere() {
        var output = Array("> ".utf8)
        SafeText.append(Array("a\u{1b}b".utf8).span, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "> a\\x1bb")
    }
}
