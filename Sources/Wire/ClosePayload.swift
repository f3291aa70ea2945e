/// The body of a Close frame, RFC 6455 §5.5.1: empty, or a status code and a reason in UTF-8.
package enum ClosePayload: Hashable, Sendable {
    case empty
    /// One byte, which is neither: a violation.
    case truncated(UInt8)
    /// - Parameter reason: The bytes as they came; UTF-8 if the peer kept to the rules.
    case status(StatusCode, reason: [UInt8])

    package init(_ body: Span<UInt8>) {
        switch body.count {
        case 0: self = .empty
        case 1: self = .truncated(body[0])
        default:
            let code = StatusCode(rawValue: UInt16(body[0]) << 8 | UInt16(body[1]))
            self = .status(code, reason: (2..<body.count).map { body[$0] })
        }
    }

    /// - Parameter reason: Cut at a character boundary so that the body stays within the 125 bytes of a control frame.
    package init(_ code: StatusCode, _ reason: String = "") {
        self = .status(code, reason: ClosePayload.cut(reason))
    }

    package var bytes: [UInt8] {
        switch self {
        case .empty: []
        case .truncated(let byte): [byte]
        case .status(let code, let reason):
            [UInt8(truncatingIfNeeded: code.rawValue >> 8), UInt8(truncatingIfNeeded: code.rawValue)] + reason
        }
    }

    /// What the receiver concludes, §7.1.5: 1005 where no code was given.
    package var closeCode: StatusCode {
        if case .status(let code, _) = self { code } else { .noStatusReceived }
    }

    /// The reason for a person to read; bytes that are no UTF-8 appear as U+FFFD.
    package var reason: String {
        if case .status(_, let reason) = self { String(decoding: reason, as: UTF8.self) } else { "" }
    }

    private static func cut(_ reason: String) -> [UInt8] {
        var bytes = Array(reason.utf8.prefix(124))
        guard bytes.count > 123 else { return bytes }
        bytes.removeLast()
        // The byte that would follow tells whether the cut went through a character.
        let utf8 = Array(reason.utf8)
        while let last = bytes.indices.last, utf8[last + 1] & 0xc0 == 0x80 { bytes.removeLast() }
        return bytes
    }
}
