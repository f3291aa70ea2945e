import Testing
import Wire

/// RFC 6455 §5.2: any bytes, cut anywhere, give the same frames.
struct FrameDecoderTests {
    struct Frame: Equatable {
        var header: FrameHeader
        var payload: [UInt8] = []
        var isComplete = false
    }

    struct Outcome: Equatable {
        var frames: [Frame] = []
        var isAtBoundary = true
        var remaining: UInt64 = 0
        var pendingHeader: [UInt8] = []
    }

    /// What a caller makes of the steps: payloads unmasked, pieces joined.
    static func decode(_ pieces: [[UInt8]]) -> Outcome {
        var decoder = FrameDecoder()
        var frames: [Frame] = []
        for piece in pieces {
            var offset = 0
            while let step = decoder.next(piece.span, at: &offset) {
                switch step {
                case .header(let header):
                    frames.append(Frame(header: header))
                case .payload(let range):
                    if decoder.payloadOffset != frames[frames.count - 1].payload.count { Issue.record("payloadOffset") }
                    if range.isEmpty { Issue.record("an empty piece of payload") }
                    frames[frames.count - 1].payload += unmasked(piece[range], decoder)
                case .end:
                    frames[frames.count - 1].isComplete = true
                }
            }
            if offset != piece.count { Issue.record("\(piece.count - offset) bytes were left") }
        }
        return Outcome(
            frames: frames, isAtBoundary: decoder.isAtBoundary, remaining: decoder.remaining,
            pendingHeader: decoder.pendingHeader)
    }

    static func unmasked(_ piece: ArraySlice<UInt8>, _ decoder: FrameDecoder) -> [UInt8] {
        var bytes = Array(piece)
        guard let key = decoder.header.maskingKey else { return bytes }
        bytes.withUnsafeMutableBytes { Masking.apply(key, to: $0, phase: Int(decoder.payloadOffset)) }
        return bytes
    }

    @Test(arguments: FrameVector.standard + FrameVector.hostile) func aFrameIsReadAsItIs(vector: FrameVector) {
        let outcome = Self.decode([vector.bytes])
        #expect(outcome.frames == [Frame(header: vector.header, payload: vector.payload, isComplete: true)])
        #expect(outcome.isAtBoundary && outcome.remaining == 0 && outcome.pendingHeader.isEmpty)
    }

    @Test(arguments: FrameVector.small) func everyCutGivesTheSameFrame(vector: FrameVector) {
        let whole = Self.decode([vector.bytes])
        for cut in 0...vector.bytes.count {
            let outcome = Self.decode([Array(vector.bytes[..<cut]), Array(vector.bytes[cut...])])
            #expect(outcome == whole, "cut at \(cut)")
        }
        #expect(Self.decode(vector.bytes.map { [$0] }) == whole, "byte by byte")
    }

    @Test func theStandardsExamplesInARowAreReadByteByByte() {
        let bytes = FrameVector.small.flatMap(\.bytes)
        let expected = FrameVector.small.map { Frame(header: $0.header, payload: $0.payload, isComplete: true) }
        #expect(Self.decode([bytes]).frames == expected)
        #expect(Self.decode(bytes.map { [$0] }).frames == expected)
    }

    @Test(arguments: FrameVector.small) func aTruncatedFrameTellsWhatIsMissing(vector: FrameVector) {
        for count in 1..<vector.bytes.count {
            let outcome = Self.decode([Array(vector.bytes[..<count])])
            let size = vector.header.size
            #expect(!outcome.isAtBoundary)
            #expect(outcome.pendingHeader == (count < size ? Array(vector.bytes[..<count]) : []))
            #expect(outcome.frames.count == (count < size ? 0 : 1))
            #expect(outcome.remaining == (count < size ? 0 : UInt64(vector.bytes.count - count)))
        }
    }

    @Test func aFrameOfTwoToTheSixtyThirdIsAHeaderAndCostsNothing() {
        let bytes: [UInt8] = [0x82, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3]
        let outcome = Self.decode([bytes])
        #expect(outcome.frames.map(\.header.payloadLength) == [.max])
        #expect(outcome.frames.map(\.payload) == [[1, 2, 3]])
        #expect(outcome.remaining == UInt64.max - 3)
    }

    @Test func randomBytesInRandomPiecesGiveTheSame() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<3000 {
            var bytes = random.bytes(Int.random(in: 0...60, using: &random))
            // Short lengths, so that there are many frames.
            for index in stride(from: 1, to: bytes.count, by: 2) where index.isMultiple(of: 3) { bytes[index] &= 0x83 }
            let whole = Self.decode([bytes])
            if Self.decode(random.cut(bytes, longest: 7)) != whole { Issue.record("\(bytes)") }
            // Nothing is lost and nothing invented.
            let told = whole.frames.reduce(whole.pendingHeader.count) { $0 + $1.header.size + $1.payload.count }
            if told != bytes.count { Issue.record("\(bytes): \(told) of \(bytes.count) bytes") }
        }
    }
}
