package import Connection
import Wire

/// A signed JSON Web Token, RFC 7519 §3: header, claims and signature, each in base64url, with dots between.
package struct WebToken: Hashable, Sendable {
    /// `exp`: when it must not be accepted any more, §4.1.4.
    package let expiry: Timestamp?
    /// `sub`: whom it is about, §4.1.2. Not safe.
    package let subject: String?

    /// - Returns: nil where the text has not the shape of one. A token whose claims cannot be read has none.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard let range = WebToken.range(in: bytes.span, at: 0), range.count == bytes.count else { return nil }
        let claims = bytes.split(separator: 0x2e, omittingEmptySubsequences: false)[1]
        let json = WebToken.decode(claims) ?? []
        let sketch = JSONSketch(json.span)
        expiry = sketch?.member("exp", in: json.span).flatMap { member in
            Double(String(decoding: json[member.value], as: UTF8.self)).flatMap(WebToken.timestamp)
        }
        subject = sketch?.text(of: ["sub"], in: json.span)
    }

    /// Where the token that begins at `start` ends; nil where none begins there.
    package static func range(in text: Span<UInt8>, at start: Int) -> Range<Int>? {
        guard let header = object(in: text, at: start), header < text.count, text[header] == 0x2e,
            let claims = object(in: text, at: header + 1), claims < text.count, text[claims] == 0x2e
        else { return nil }
        return start..<part(in: text, at: claims + 1)
    }

    /// The first token in a text, such as behind "Bearer ".
    package static func first(in text: String) -> String? {
        let bytes = Array(text.utf8)
        for start in bytes.indices where bytes[start] == 0x65 {
            if let range = range(in: bytes.span, at: start) { return String(decoding: bytes[range], as: UTF8.self) }
        }
        return nil
    }

    /// The end of a part that is a JSON object: every `{"` begins with "eyJ" in base64.
    private static func object(in text: Span<UInt8>, at start: Int) -> Int? {
        guard start + 8 <= text.count, text[start] == 0x65, text[start + 1] == 0x79, text[start + 2] == 0x4a
        else { return nil }
        return part(in: text, at: start)
    }

    private static func part(in text: Span<UInt8>, at start: Int) -> Int {
        var end = start
        while end < text.count, text[end].isAlphanumeric || text[end] == 0x2d || text[end] == 0x5f { end += 1 }
        return end
    }

    private static func decode(_ part: ArraySlice<UInt8>) -> [UInt8]? {
        var symbols = part.prefix(8192).map { $0 == 0x2d ? 0x2b : $0 == 0x5f ? 0x2f : $0 }
        symbols += [UInt8](repeating: 0x3d, count: (4 - symbols.count % 4) % 4)
        return Base64.decode(String(decoding: symbols, as: UTF8.self))?.bytes
    }

    /// Seconds since 1970; nil where no clock will ever show them.
    private static func timestamp(_ seconds: Double) -> Timestamp? {
        guard seconds >= 0, seconds < 1e10 else { return nil }
        return Timestamp(nanoseconds: UInt64(seconds * 1e9))
    }
}
