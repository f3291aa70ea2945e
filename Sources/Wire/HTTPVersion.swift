/// `HTTP-version = "HTTP" "/" DIGIT "." DIGIT`, RFC 9112 §2.3.
struct HTTPVersion: Hashable, Comparable {
    let major: UInt8
    let minor: UInt8

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 8, text.hasPrefix("HTTP/"), bytes[6] == 0x2e,
            (0x30...0x39).contains(bytes[5]), (0x30...0x39).contains(bytes[7])
        else { return nil }
        major = bytes[5] - 0x30
        minor = bytes[7] - 0x30
    }

    static func < (left: HTTPVersion, right: HTTPVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    /// "The HTTP version MUST be at least 1.1", RFC 6455 §4.1.
    var isEnough: Bool { (major, minor) >= (1, 1) }
}
