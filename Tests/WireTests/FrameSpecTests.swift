import Testing
import Wire

struct FrameSpecTests {
    @Test(
        "Frames in words, and their bytes",
        arguments: [
            (#"text "Hello" mask=37fa213d"#, "81 85 37 fa 21 3d 7f 9f 4d 51 58"),
            (#"text "Hello""#, "81 05 48 65 6c 6c 6f"),
            (#"text "Hel" fin=0"#, "01 03 48 65 6c"), (#"continuation "lo""#, "80 02 6c 6f"), ("ping", "89 00"),
            (#"close 1000 "bye""#, "88 05 03 e8 62 79 65"), ("close", "88 00"), ("close hex:03", "88 01 03"),
            (#"0x3 "x""#, "83 01 78"), (#"text "Hi" rsv1"#, "c1 02 48 69"), ("binary rsv2 rsv3", "b2 00"),
            (#"text "Hi" form=16"#, "81 7e 00 02 48 69"),
            (#"text "Hi" form=64"#, "81 7f 00 00 00 00 00 00 00 02 48 69"),
            ("binary length=2^60", "82 7f 10 00 00 00 00 00 00 00"), (#"text "\xff\n\"""#, "81 03 ff 0a 22"),
            (#"text "a;b"; pong"#, "81 03 61 3b 62 8a 00"),
        ])
    func bytes(_ words: String, _ hex: String) throws {
        let bytes = try FrameSpec.parseAll(words).flatMap { $0.bytes(key: nil) }
        #expect(bytes == (try HexBytes.parse(hex)))
    }

    @Test func theSideDecidesOnTheMask() throws {
        let spec = try FrameSpec.parse(#"text "A""#)
        #expect(spec.bytes(key: MaskingKey(1, 2, 3, 4)) == [0x81, 0x81, 1, 2, 3, 4, 0x40])
        #expect(try FrameSpec.parse(#"text "A" mask=none"#).bytes(key: MaskingKey(1, 2, 3, 4)) == [0x81, 1, 0x41])
    }

    @Test(
        "What says nothing is refused",
        arguments: [
            "", "txt", #"text "Hello"#, "text fin=2", "text mask=12", "text hex:4", "text length=x", "ping loud",
        ])
    func faults(_ words: String) {
        #expect(throws: FrameSpec.Fault.self) { try FrameSpec.parseAll(words) }
    }
}
