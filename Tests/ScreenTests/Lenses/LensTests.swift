import Testing

@testable import Screen

struct LensTests {
    @Test func hexShowsOffsetBytesAndASCII() {
        let bytes = Array("{\"op\":\"hi\"}\u{7f}\n".utf8)
        #expect(
            HexLens.line(bytes[...], at: 32).text
                == "00000020  7b 22 6f 70 22 3a 22 68  69 22 7d 7f 0a           {\"op\":\"hi\"}··")
        #expect(HexLens.lineCount(of: 0) == 0)
        #expect(HexLens.lineCount(of: 17) == 2)
    }

    @Test func textKeepsItsLineEndsInView() {
        #expect(TextLens.lines(Array("a\nb\n".utf8)).map(\.text) == ["a\\n", "b\\n"])
        #expect(TextLens.lines(Array("a\r\n\nb".utf8)).map(\.text) == ["a\\r\\n", "\\n", "b"])
        #expect(TextLens.lines([]).map(\.text) == [""])
    }

    @Test func aPreviewEndsBetweenCharacters() {
        #expect(TextLens.preview(Array("aé".utf8).dropLast(), isText: true) == "a")
        #expect(TextLens.preview([0x61, 0xff], isText: true) == "a\\xff")
        #expect(TextLens.preview([0x00, 0xff], isText: false) == "00 ff")
    }

    @Test func sparklinesReachFromNothingToTheHighest() {
        #expect(Sparkline.text([0, 1, 4, 8]) == " ▁▄█")
        #expect(Sparkline.text([0, 0]) == "▁▁")
        #expect(Sparkline.text([.max, 1]) == "█▁")
    }
}
