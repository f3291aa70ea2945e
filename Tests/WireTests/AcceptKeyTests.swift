import Testing
import Wire

struct AcceptKeyTests {
    /// RFC 6455 §1.3 and §4.2.2, every step as the standard has it.
    @Test func theStandardsOwnKeyGivesItsOwnAccept() {
        let key = AcceptKey(key: "dGhlIHNhbXBsZSBub25jZQ==")
        #expect(key.concatenated == "dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
        #expect(
            key.digest.map(\.hex).joined(separator: " ")
                == "b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea")
        #expect(key.accept == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(AcceptKey.accept(for: key.key) == key.accept)
    }

    /// RFC 3174 §7.3 and FIPS 180's empty message; the lengths around a block's end were computed with coreutils.
    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        ),
        (String(repeating: "a", count: 1_000_000), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
        (
            String(repeating: "0123456701234567012345670123456701234567012345670123456701234567", count: 10),
            "dea356a2cddd90c7a7ecedc5ebb563934f460452"
        ),
    ])
    func theHashIsSHA1(message: String, digest: String) {
        #expect(SHA1.hash(Array(message.utf8)).map(\.hex).joined() == digest)
    }

    @Test(arguments: [
        (54, "b05d71c64979cb95fa74a33cdb31a40d258ae02e"), (55, "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
        (56, "c2db330f6083854c99d4b5bfb6e8f29f201be699"), (63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5"),
        (64, "0098ba824b5c16427bd7a1122a5a442a25ec644d"), (119, "ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56"),
        (120, "f34c1488385346a55709ba056ddd08280dd4c6d6"),
    ])
    func thePaddingFitsEveryLength(length: Int, digest: String) {
        #expect(SHA1.hash([UInt8](repeating: 0x61, count: length)).map(\.hex).joined() == digest)
    }
}

/// RFC 4648 §10, and what the grammar of RFC 6455 §4.3 forbids.
struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func bothDirections(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        let decoded = Base64.decode(encoded)
        #expect(decoded?.bytes == Array(plain.utf8) && decoded?.isCanonical == true)
    }

    @Test func allBytesComeBack() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(Base64.decode(Base64.encode(bytes))?.bytes == bytes)
    }

    @Test(arguments: ["A", "AA", "AAA", "A===", "====", "AA=A", "AAA=AAAA", "AA-_", "AA A", "AAAA\n", "é==="])
    func whatIsNoBase64IsRefused(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["AB==", "AAB=", "AQIDBAUGBwgJCgsMDQ4PEC=="]) func unusedBitsThatAreNotZeroAreNoticed(text: String)
    {
        #expect(Base64.decode(text)?.isCanonical == false)
    }
}
