/// `uri-host [ ":" port ]`, RFC 9110 §7.2, and origins, RFC 6454 §7.
enum Authority {
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var host = bytes[...]
        if bytes.first == 0x5b {
            guard let end = bytes.firstIndex(of: 0x5d) else { return false }
            host = bytes[1..<end]
            guard isPort(bytes[(end + 1)...]) else { return false }
            return !host.isEmpty && host.allSatisfy(isAddressCharacter)
        }
        if let colon = bytes.firstIndex(of: 0x3a) {
            host = bytes[..<colon]
            guard isPort(bytes[colon...]) else { return false }
        }
        return !host.isEmpty && host.allSatisfy(isNameCharacter)
    }

    /// "null", or `scheme "://" host [ ":" port ]` without a path; several are separated by a space.
    static func isOrigin(_ text: String) -> Bool {
        if text == "null" { return true }
        return text.split(separator: " ", omittingEmptySubsequences: false).allSatisfy { origin in
            guard let separator = origin.firstRange(of: "://") else { return false }
            let scheme = origin[..<separator.lowerBound]
            let authority = origin[separator.upperBound...]
            guard scheme.utf8.first.map({ isLetter($0) }) == true, scheme.utf8.allSatisfy(isSchemeCharacter)
            else { return false }
            return authority.isEmpty || isValid(String(authority))
        }
    }

    /// Nothing, ":" alone, or ":" and a number up to 65535.
    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let colon = bytes.first else { return true }
        let digits = bytes.dropFirst()
        guard colon == 0x3a, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return digits.isEmpty || UInt16(String(decoding: digits, as: UTF8.self)) != nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte.lowercasedASCII) }

    private static func isSchemeCharacter(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2b || byte == 0x2d || byte == 0x2e
    }

    private static func isAddressCharacter(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x3a || byte == 0x2e || byte == 0x25
            || byte == 0x2d || byte == 0x5f || byte == 0x7e
    }

    /// `reg-name`: unreserved, percent-encoded and sub-delims, RFC 3986 §3.2.2.
    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2d, 0x2e, 0x5f, 0x7e, 0x25, 0x21, 0x24, 0x26...0x2c, 0x3b, 0x3d, 0x30...0x39: true
        default: isLetter(byte)
        }
    }
}
