import Testing
import Wire

/// RFC 6455 §5.3, against the standard's own sentence: "j = i MOD 4; transformed-octet-i = original-octet-i XOR
/// masking-key-octet-j".
struct MaskingTests {
    static let key = MaskingKey(0x37, 0xfa, 0x21, 0x3d)

    static func naive(_ bytes: [UInt8], phase: Int) -> [UInt8] {
        let key = key.bytes
        return bytes.indices.map { bytes[$0] ^ key[($0 + phase) % 4] }
    }

    static func sample(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) } }

    @Test(arguments: 0...3) func everyLengthAndAlignmentIsMaskedInPlaceAndNothingElse(phase: Int) {
        for length in 0...200 {
            for alignment in 0..<16 {
                let before = Self.sample(alignment + length + 16)
                var bytes = before
                bytes.withUnsafeMutableBytes {
                    Masking.apply(Self.key, to: .init(rebasing: $0[alignment..<(alignment + length)]), phase: phase)
                }
                let inside = Self.naive(Array(before[alignment..<(alignment + length)]), phase: phase)
                let expected = before[..<alignment] + inside + before[(alignment + length)...]
                if bytes != Array(expected) { Issue.record("length \(length), alignment \(alignment)") }
            }
        }
    }

    @Test(arguments: 0...3) func everyLengthIsMaskedOnTheWayOfACopyAndNothingElse(phase: Int) {
        for length in 0...200 {
            let source = Self.sample(length)
            var target = [UInt8](repeating: 0xee, count: length + 16)
            source.withUnsafeBytes { source in
                target.withUnsafeMutableBytes {
                    guard let base = $0.baseAddress else { return }
                    Masking.copy(source, to: base + 3, key: Self.key, phase: phase)
                }
            }
            #expect(Array(target[3..<(3 + length)]) == Self.naive(source, phase: phase), "length \(length)")
            #expect(target[..<3].allSatisfy { $0 == 0xee } && target[(3 + length)...].allSatisfy { $0 == 0xee })
        }
    }

    @Test func aPayloadCutAnywhereIsMaskedAsAWhole() {
        let whole = Self.naive(Self.sample(150), phase: 0)
        for cut in 0...150 {
            var bytes = Self.sample(150)
            bytes.withUnsafeMutableBytes {
                Masking.apply(Self.key, to: .init(rebasing: $0[..<cut]))
                Masking.apply(Self.key, to: .init(rebasing: $0[cut...]), phase: cut)
            }
            #expect(bytes == whole, "cut at \(cut)")
        }
    }

    @Test func maskingTwiceGivesTheOriginal() {
        var bytes = Self.sample(1000)
        for _ in 0..<2 { bytes.withUnsafeMutableBytes { Masking.apply(Self.key, to: $0, phase: 1) } }
        #expect(bytes == Self.sample(1000))
    }
}
