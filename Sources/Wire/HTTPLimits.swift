/// How large the head of an HTTP message may become, so that a peer who never ends it cannot fill the memory.
package struct HTTPLimits: Hashable, Sendable {
    /// All bytes up to and with the blank line.
    package var bytes: Int
    /// Bytes of one line without its end.
    package var line: Int
    /// Header fields.
    package var fields: Int

    package init(bytes: Int = 16_384, line: Int = 8192, fields: Int = 100) {
        self.bytes = bytes
        self.line = line
        self.fields = fields
    }

    /// 16 KiB, lines of 8 KiB, 100 fields: what common servers allow.
    package static let `default` = HTTPLimits()

    /// Which limit was passed.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case bytes, line, fields
    }
}

extension HTTPLimits.Kind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .bytes: "the HTTP head is too large"
        case .line: "a line of the HTTP head is too long"
        case .fields: "the HTTP head has too many header fields"
        }
    }

    /// What a server answers: RFC 9112 §3 for the request line, RFC 6585 §5 for the fields.
    package var status: Int {
        switch self {
        case .line: 414
        case .bytes, .fields: 431
        }
    }
}
