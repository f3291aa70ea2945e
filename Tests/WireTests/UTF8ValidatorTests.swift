import Testing
import Wire

/// RFC 6455 §8.1 and RFC 3629 §4, against Swift's own decoder.
struct UTF8ValidatorTests {
    static let valid: [[UInt8]] =
        [
            "", "a", "Grüße", "漢字", "😀", "a\u{0}b", "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}",
            "\u{d7ff}\u{e000}", "\u{feff}bom", String(repeating: "x", count: 100) + "é",
            String(repeating: "漢é😀 ", count: 20),
        ].map { Array($0.utf8) }

    /// Each with the offset of the byte at which no continuation could make it valid.
    static let invalid: [(bytes: [UInt8], at: Int)] = [
        ([0x80], 0), ([0xbf], 0), ([0xc0, 0x80], 0), ([0xc1, 0xbf], 0), ([0xfe], 0), ([0xff], 0), ([0xf5], 0),
        ([0xc3, 0x28], 1), ([0xc3, 0xc3], 1),
        // Overlong.
        ([0xe0, 0x80, 0xaf], 1), ([0xe0, 0x9f, 0xbf], 1), ([0xf0, 0x80, 0x80, 0xaf], 1), ([0xf0, 0x8f, 0xbf, 0xbf], 1),
        // Surrogates.
        ([0xed, 0xa0, 0x80], 1), ([0xed, 0xbf, 0xbf], 1),
        // Above U+10FFFF.
        ([0xf4, 0x90, 0x80, 0x80], 1),
        ([0xe2, 0x82, 0x41], 2), ([0xf0, 0x9f, 0x98, 0x41], 3), ([0xf0, 0x9f, 0x41], 2),
        // Autobahn's 6.4: a valid text, a surrogate, a valid rest.
        (Array("κόσμε".utf8) + [0xf4, 0x90, 0x80, 0x80] + Array("edited".utf8), 11),
        (Array(String(repeating: "a", count: 40).utf8) + [0xff] + Array(String(repeating: "b", count: 40).utf8), 40),
    ]

    static func isValid(_ pieces: ArraySlice<UInt8>...) -> Bool {
        var validator = UTF8Validator()
        for piece in pieces where !validator.validate(Array(piece).span) { return false }
        return validator.isComplete
    }

    @Test(arguments: valid) func validTextIsValidHoweverItIsCut(bytes: [UInt8]) {
        #expect(Self.isValid(bytes[...]))
        for cut in 0...bytes.count { #expect(Self.isValid(bytes[..<cut], bytes[cut...]), "cut at \(cut)") }
    }

    @Test(arguments: invalid) func failureComesAtTheFirstByteThatCannotBe(bytes: [UInt8], at: Int) {
        #expect(!Self.isValid(bytes[...]))
        for cut in 0...bytes.count { #expect(!Self.isValid(bytes[..<cut], bytes[cut...]), "cut at \(cut)") }
        var validator = UTF8Validator()
        let before = validator.validate(Array(bytes[..<at]).span)
        let after = validator.validate(Array(bytes[at...at]).span)
        let later = validator.validate(Array("a".utf8).span)
        #expect(before && !after && !later)
        #expect(!validator.isComplete)
    }

    @Test(arguments: valid) func everyTruncationAgreesWithSwift(bytes: [UInt8]) {
        for end in 0...bytes.count {
            let expected = String(validating: bytes[..<end], as: UTF8.self) != nil
            #expect(Self.isValid(bytes[..<end]) == expected, "first \(end) bytes")
        }
    }

    /// Every sequence of two bytes, and every one of four that begins a class of characters, alone and behind ASCII that
    /// shifts it over the borders of the blocks.
    @Test func everySequenceOfTwoBytesAgreesWithSwift() {
        var wrong = 0
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max where Self.disagrees([first, second]) { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test(arguments: [0xe0, 0xe1, 0xed, 0xee, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5] as [UInt8])
    func longSequencesAgreeWithSwift(first: UInt8) {
        let edges: [UInt8] = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xf4, 0xff]
        var wrong = 0
        for second in edges {
            for third in edges {
                for fourth in edges where Self.disagrees([first, second, third, fourth]) { wrong += 1 }
            }
        }
        #expect(wrong == 0)
    }

    @Test func randomMixturesAgreeWithSwift() {
        var random = SeededRandom(seed: 7)
        let pieces = Self.valid + Self.invalid.map(\.bytes)
        for _ in 0..<3000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1...6, using: &random) { bytes += pieces.randomElement(using: &random) ?? [] }
            if Self.disagrees(bytes) { Issue.record("\(bytes)") }
        }
    }

    private static func disagrees(_ bytes: [UInt8]) -> Bool {
        [0, 13].contains { padding in
            let padded = [UInt8](repeating: 0x61, count: padding) + bytes
            return isValid(padded[...]) != (String(validating: padded, as: UTF8.self) != nil)
        }
    }
}
