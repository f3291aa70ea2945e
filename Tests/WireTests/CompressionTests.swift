import Testing
import Wire

/// RFC 7692 §7.2: what both ends do with the bytes of a message.
struct CompressionTests {
    static func inflate(
        _ pieces: [[UInt8]], with inflater: Inflater = Inflater(windowBits: 15, noContextTakeover: false),
        limit: Int = .max
    ) -> (result: InflateResult, bytes: [UInt8]) {
        var output: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            let isLast = index == pieces.count - 1
            let result = inflater.inflate(piece.span, isLast: isLast, into: &output, limit: limit)
            if result != .ok { return (result, output) }
        }
        return (.ok, output)
    }

    static func deflate(_ message: [UInt8], with deflater: Deflater) -> [UInt8] {
        var output: [UInt8] = []
        deflater.deflate(message.span, into: &output)
        return output
    }

    static let hello = Array("Hello".utf8)

    /// The examples of §7.2.3.1 and 7.2.3.3 to 7.2.3.6, byte for byte.
    @Test(
        arguments: [
            ("one block", [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], hello),
            ("no compression", [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00], hello),
            ("BFINAL", [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00], hello),
            ("two blocks", [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00], hello),
            ("empty", [0x00], []),
        ] as [(String, [UInt8], [UInt8])])
    func theStandardsExamplesInflateHoweverTheyAreCut(name: String, compressed: [UInt8], message: [UInt8]) {
        for cut in 0...compressed.count {
            let (result, bytes) = Self.inflate([Array(compressed[..<cut]), Array(compressed[cut...])])
            #expect(result == .ok && bytes == message, "cut at \(cut)")
        }
        let (result, bytes) = Self.inflate(compressed.map { [$0] } + [[]])
        #expect(result == .ok && bytes == message)
    }

    /// §7.2.3.2: the second message refers to the first.
    @Test func aWindowIsTakenOverByBothEnds() {
        let deflater = Deflater(windowBits: 15, noContextTakeover: false)
        let first = Self.deflate(Self.hello, with: deflater)
        let second = Self.deflate(Self.hello, with: deflater)
        #expect(first == [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00])
        #expect(second == [0xf2, 0x00, 0x11, 0x00, 0x00])
        let inflater = Inflater(windowBits: 15, noContextTakeover: false)
        for message in [first, second] { #expect(Self.inflate([message], with: inflater).bytes == Self.hello) }
        let without = Inflater(windowBits: 15, noContextTakeover: true)
        #expect(Self.inflate([first], with: without).bytes == Self.hello)
        #expect(Self.inflate([second], with: without).result == .invalid, "there is nothing to refer to")
    }

    @Test func theWindowIsTakenOverAcrossABlockWithBFINAL() {
        let inflater = Inflater(windowBits: 15, noContextTakeover: false)
        #expect(Self.inflate([[0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00]], with: inflater).bytes == Self.hello)
        let (result, bytes) = Self.inflate([[0xf2, 0x00, 0x11, 0x00, 0x00]], with: inflater)
        #expect(result == .ok && bytes == Self.hello)
    }

    @Test func withoutTakeoverEveryMessageStandsAlone() {
        let deflater = Deflater(windowBits: 15, noContextTakeover: true)
        let first = Self.deflate(Self.hello, with: deflater)
        #expect(Self.deflate(Self.hello, with: deflater) == first)
        let other = Deflater(windowBits: 15, noContextTakeover: true)
        _ = Self.deflate(Array("something else".utf8), with: other)
        #expect(Self.deflate(Self.hello, with: deflater) == first, "what others compressed leaves no trace")
    }

    static let messages: [[UInt8]] = {
        var random = SeededRandom(seed: 3)
        let noise = random.bytes(70_000)
        let text = Array(String(repeating: "{\"op\":\"tick\",\"n\":12345},", count: 4000).utf8)
        let far = Array(noise[..<300]) + Array(noise[..<300]) + Array(noise[..<5000]) + Array(noise[..<5000])
        return [hello, [], [0], text, noise, far, [], hello, [UInt8](repeating: 7, count: 300_000), hello]
    }()

    @Test(arguments: 8...15, [false, true]) func whatOneEndDeflatesTheOtherInflates(bits: Int, noTakeover: Bool) {
        let deflater = Deflater(windowBits: bits, noContextTakeover: noTakeover)
        let inflater = Inflater(windowBits: bits, noContextTakeover: noTakeover)
        var random = SeededRandom(seed: UInt64(bits))
        for message in Self.messages {
            let compressed = Self.deflate(message, with: deflater)
            // In small pieces zlib cannot look back further than its window, so a too distant reference would fail.
            let (result, bytes) = Self.inflate(random.cut(compressed, longest: 50) + [[]], with: inflater)
            #expect(result == .ok)
            #expect(bytes == message)
        }
    }

    @Test(arguments: 1...9) func everyLevelGivesTheSameMessages(level: Int) {
        let deflater = Deflater(windowBits: 15, noContextTakeover: false, level: level)
        let inflater = Inflater(windowBits: 15, noContextTakeover: false)
        for message in Self.messages {
            #expect(Self.inflate([Self.deflate(message, with: deflater)], with: inflater).bytes == message)
        }
    }

    @Test func theLimitHoldsAtItsFigureAndFailsOneBelow() {
        let bomb = Self.deflate(
            [UInt8](repeating: 0, count: 10_000_000), with: Deflater(windowBits: 15, noContextTakeover: true))
        #expect(bomb.count < 10_000)
        for limit in [0, 1, 255, 256, 257, 65_536, 100_000, 9_999_999] {
            let (result, bytes) = Self.inflate([bomb], limit: limit)
            #expect(result == .tooBig && bytes.count == limit && bytes.capacity < 2 * limit + 4096)
        }
        let (result, bytes) = Self.inflate([bomb], limit: 10_000_000)
        #expect(result == .ok && bytes.count == 10_000_000)
    }

    @Test func theLimitIsForEachMessageAndForAllItsPieces() {
        let deflater = Deflater(windowBits: 15, noContextTakeover: false)
        let inflater = Inflater(windowBits: 15, noContextTakeover: false)
        for _ in 0..<3 {
            let compressed = Self.deflate(Self.hello, with: deflater)
            #expect(Self.inflate(compressed.map { [$0] } + [[]], with: inflater, limit: 5).result == .ok)
        }
        let compressed = Self.deflate(Array("Hello!".utf8), with: deflater)
        #expect(Self.inflate(compressed.map { [$0] } + [[]], with: inflater, limit: 5).result == .tooBig)
    }

    @Test(
        arguments: [
            [], [0xff], [0x07], [0x00, 0x05, 0x00, 0x00, 0x00], [0xf2, 0x48],
            [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00],
            [0xf2, 0x00, 0x11, 0x00, 0x00], Array("Hello".utf8),
        ] as [[UInt8]])
    func whatIsNoCompressedMessageIsInvalidAndStaysSo(bytes: [UInt8]) {
        let inflater = Inflater(windowBits: 15, noContextTakeover: false)
        #expect(Self.inflate([bytes], with: inflater).result == .invalid)
        #expect(Self.inflate([[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]], with: inflater).result == .invalid)
    }

    @Test func whatWasThereIsAppendedTo() {
        var output = Array("> ".utf8)
        Deflater(windowBits: 15, noContextTakeover: true).deflate(Self.hello.span, into: &output)
        #expect(output.starts(with: "> ".utf8) && output.count == 9)
        var text = Array("> ".utf8)
        let inflater = Inflater(windowBits: 15, noContextTakeover: true)
        let result = inflater.inflate(Array(output[2...]).span, isLast: true, into: &text, limit: 5)
        #expect(result == .ok && text == Array("> Hello".utf8))
    }

    @Test func randomBytesInRandomPiecesGiveTheSame() {
        var random = SeededRandom(seed: 4)
        for round in 0..<2000 {
            var bytes = random.bytes(Int.random(in: 0...30, using: &random))
            if round.isMultiple(of: 2) {
                bytes = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00] + bytes.prefix(4)
            }
            let whole = Self.inflate([bytes], limit: 1000)
            let cut = Self.inflate(random.cut(bytes, longest: 5) + [[]], limit: 1000)
            if whole != cut { Issue.record("\(bytes)") }
        }
    }
}
