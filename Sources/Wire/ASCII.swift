/// What HTTP's grammar says about single bytes, RFC 9110 §5.6.
extension UInt8 {
    /// `tchar`: what a method, a header field's name and a token are made of, RFC 9110 §5.6.2.
    var isTokenCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case 0x21, 0x23...0x27, 0x2a, 0x2b, 0x2d, 0x2e, 0x5e...0x60, 0x7c, 0x7e: true
        default: false
        }
    }

    /// Optional white space (`OWS`) is spaces and tabs, RFC 9110 §5.6.3.
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// Allowed inside a header field's value: visible ASCII, space, tab and `obs-text`, RFC 9110 §5.5.
    var isFieldContent: Bool { self >= 0x20 && self != 0x7f || self == 0x09 }

    var lowercasedASCII: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }

    /// Two hexadecimal digits in lower case.
    package var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: [digits[Int(self >> 4)], digits[Int(self & 15)]], as: UTF8.self)
    }
}

extension String {
    /// Field names, "websocket" and "Upgrade" are compared this way, RFC 6455 §2.1.
    package func equalsIgnoringCase(_ other: String) -> Bool {
        utf8.count == other.utf8.count
            && utf8.elementsEqual(other.utf8) { $0 == $1 || $0.lowercasedASCII == $1.lowercasedASCII }
    }

    /// `token = 1*tchar`, RFC 9110 §5.6.2; what RFC 6455 calls a token, too.
    package var isToken: Bool { !isEmpty && utf8.allSatisfy(\.isTokenCharacter) }

    /// Without the spaces and tabs around it.
    var trimmed: String {
        guard utf8.first?.isBlank == true || utf8.last?.isBlank == true else { return self }
        let front = utf8.drop { $0.isBlank }
        guard let last = front.lastIndex(where: { !$0.isBlank }) else { return "" }
        return String(self[front.startIndex...last])
    }

    /// The elements of a comma-separated list, trimmed; empty ones are kept so that a judge sees them.
    var listElements: [String] {
        split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
    }
}
