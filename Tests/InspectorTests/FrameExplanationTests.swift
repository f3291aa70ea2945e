import Inspector
import Testing
import Wire

/// What `ws101 decode` and `ws101 accept` print, as a person sees it.
struct FrameExplanationTests {
    static func explanation(_ hex: String, sender: Side? = nil) throws -> FrameExplanation {
        FrameExplanation(try HexBytes.parse(hex), sender: sender)
    }

    @Test func theStandardsMaskedHello() throws {
        let explanation = try Self.explanation("81 85 37 fa 21 3d 7f 9f 4d 51 58")
        #expect(explanation.violations.isEmpty && explanation.isComplete)
        #expect(
            explanation.lines.joined(separator: "\n") == """
                frame 1  text  client → server, by mask  11 bytes

                 1 000 0001  1 0000101  37 fa 21 3d  7f 9f 4d 51 58
                 F RSV op    M length   masking key  payload

                 bits     field            value        meaning, and its section in RFC 6455
                 0        FIN              1            the last frame of its message  §5.2
                 1        RSV1             0            no extension uses it  §5.2
                 2        RSV2             0            no extension uses it  §5.2
                 3        RSV3             0            no extension uses it  §5.2
                 4–7      opcode           0x1          text: a message in UTF-8 begins  §5.6
                 8        MASK             1            masked: a client's frame  §5.1
                 9–15     payload length   5            the payload has 5 bytes  §5.2
                 16–47    masking key      37 fa 21 3d  payload byte i was XORed with key byte i
                                                        mod 4  §5.3
                 48–87    application data 5 bytes      text in UTF-8, or its beginning  §5.6

                 payload, unmasked: 7f xor 37 = 48 "H", and so on  §5.3
                 0000  48 65 6c 6c 6f                                   Hello
                """)
    }

    @Test func aBadCloseFollowedByHalfAHeader() throws {
        let explanation = try Self.explanation("88 06 03 ed 1b 5b 32 ff 82 7e 01", sender: .client)
        #expect(explanation.violations.map(\.rule) == [.clientUnmasked, .closeCodeForbidden, .invalidUTF8Reason])
        #expect(!explanation.isComplete)
        let text = explanation.lines.joined(separator: "\n")
        #expect(
            text.hasSuffix(
                """
                 16–63    application data 6 bytes      why the sender closes: status code and
                                                        reason  §5.5.1
                 16–31    status code      1005         no status received, which must not be on
                                                        the wire  §7.4
                 32–63    reason           \\x1b[2\\xff   must be valid UTF-8, and is not  §5.5.1

                 payload
                 0000  03 ed 1b 5b 32 ff                                ...[2.

                 ✗ a client must mask every frame, bit 8  §5.1
                 ✗ this status code must not be on the wire: status code 1005, bits 16–31  §7.4
                 ✗ a close reason must be valid UTF-8: payload byte 5, bits 56–63  §5.5.1

                At byte 8: 82 7e 01
                The bytes end inside a header of 4 bytes.
                """))
    }

    @Test func aCompressedMessageIsInflatedAndItsTextIsShown() throws {
        var compressed: [UInt8] = []
        let text = Array("Grüße".utf8)
        Deflater(windowBits: 15, noContextTakeover: true).deflate(text.span, into: &compressed)
        let explanation = FrameExplanation([0xc1, UInt8(compressed.count)] + compressed)
        #expect(explanation.violations.isEmpty)
        #expect(
            explanation.lines.suffix(4) == [
                " inflated to 7 bytes", " 0000  47 72 c3 bc c3 9f 65                             Gr....e", " text",
                "       Grüße",
            ])
    }

    @Test func aMessageThatRefersToTheOneBeforeIsInflatedBehindIt() throws {
        let both = try Self.explanation("c1 07 f2 48 cd c9 c9 07 00  c1 05 f2 00 11 00 00")
        #expect(both.lines.filter { $0 == " inflated to 5 bytes" }.count == 2)
        let second = try Self.explanation("c1 05 f2 00 11 00 00")
        #expect(second.lines.contains { $0.contains("cannot be inflated alone") })
        #expect(second.violations.isEmpty, "nobody knows what came before")
    }

    @Test func severalFramesAreJudgedInTheirOrder() throws {
        let explanation = try Self.explanation("01 01 41  81 01 42  80 01 43")
        #expect(explanation.violations.map(\.rule) == [.dataFrameInsideMessage])
        let titles = explanation.lines.filter { $0.hasPrefix("frame") }
        #expect(
            titles == [
                "frame 1  text  server → client, by mask  3 bytes",
                "frame 2  text  server → client, by mask  3 bytes  at 3",
                "frame 3  continuation  server → client, by mask  3 bytes  at 6",
            ])
    }

    @Test func aLoneContinuationIsNotBlamed() throws {
        #expect(try Self.explanation("80 01 43").violations.isEmpty)
    }

    @Test(arguments: [
        ("81 05 48", "The bytes end here: 4 of the payload's 5 bytes are missing."),
        ("82 7f ff ff ff ff ff ff ff ff 01", "18446744073709551615 bytes are missing."),
        ("81", "The bytes end inside a header of at least 2 bytes."),
        ("81 fe 00", "The bytes end inside a header of 8 bytes."),
    ])
    func truncatedInputSaysWhatIsMissing(hex: String, line: String) throws {
        let explanation = try Self.explanation(hex)
        #expect(!explanation.isComplete)
        #expect(explanation.lines.suffix(2).joined(separator: " ").contains(line))
    }

    @Test func anHTTPHeadIsRecognised() {
        let lines = FrameExplanation(Array("GET / HTTP/1.1\r\n\r\n".utf8)).lines
        #expect(lines.first == "These bytes look like an HTTP head: frames begin behind its blank line.")
    }

    @Test func anyBytesAreExplainedInEightyColumnsOfSafeText() {
        var seed: UInt64 = 9
        func next() -> UInt8 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: seed >> 33)
        }
        for round in 0..<300 {
            let bytes = (0..<(round % 60)).map { $0 == 1 ? next() & 0x8f : next() }
            for sender in [nil, Side.client, .server] {
                let lines = FrameExplanation(bytes, sender: sender).lines
                #expect(lines.first { $0.count > 80 || SafeText.escape($0) != $0 } == nil)
            }
        }
    }
}

struct AcceptExplanationTests {
    @Test func theStandardsOwnKey() {
        let explanation = AcceptExplanation(AcceptKey(key: "dGhlIHNhbXBsZSBub25jZQ=="))
        #expect(explanation.isKeyValid)
        #expect(
            explanation.lines.joined(separator: "\n") == """
                 key      dGhlIHNhbXBsZSBub25jZQ==                16 random bytes  §4.1
                 + GUID   258EAFA5-E914-47DA-95CA-C5AB0DC85B11    the same for everyone  §1.3
                 SHA-1    b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea
                 base64   s3pPLMBiTxaQ9kYGzzhZRbK+xOo=            Sec-WebSocket-Accept  §4.2.2
                """)
    }

    @Test(arguments: [
        ("AAAA", "✗ 3 bytes, not 16  §4.1"), ("a\u{1b}[m", "✗ no base64  §4.1"), ("", "✗ 0 bytes, not 16"),
    ])
    func aKeyThatIsNoneIsDerivedAllTheSame(key: String, judgement: String) {
        let explanation = AcceptExplanation(AcceptKey(key: key))
        #expect(!explanation.isKeyValid && explanation.lines.count == 4)
        #expect(explanation.lines[0].contains(judgement) && !explanation.lines[0].contains("\u{1b}"))
    }
}
