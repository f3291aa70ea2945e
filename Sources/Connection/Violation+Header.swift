package import Wire

/// A header's violations with the bits that are guilty, RFC 6455 §5.2.
extension Violation {
    /// - Parameter isCompressionAgreed: Whether RSV1 has a meaning on this connection.
    package init(_ rule: Rule, in header: FrameHeader, isCompressionAgreed: Bool = false) {
        let guilty = rule == .reservedBit ? header.guiltyReservedBits(isCompressionAgreed) : header.guiltyBits(rule)
        self.init(rule, bits: guilty, detail: Violation.detail(rule, header, guilty))
    }

    private static func detail(_ rule: Rule, _ header: FrameHeader, _ guilty: Range<Int>?) -> String {
        switch rule {
        case .reservedBit:
            (guilty ?? 0..<0).filter { header.byte0 & (0x80 >> UInt8($0)) != 0 }.map { "RSV\($0)" }
                .joined(separator: ", ")
        case .reservedOpcode: "opcode 0x" + String(header.opcode.bits, radix: 16, uppercase: true)
        case .controlTooLong, .lengthTopBit: "\(header.payloadLength) bytes"
        case .lengthNotMinimal: "\(header.payloadLength) in \(header.lengthForm == .bits16 ? 16 : 64) bits"
        case .clientUnmasked, .serverMasked, .controlFragmented, .continuationWithoutStart, .dataFrameInsideMessage,
            .frameAfterClose, .invalidUTF8, .invalidUTF8Reason, .closeBodyOneByte, .closeCodeForbidden,
            .rsv1OnControl, .rsv1OnContinuation, .inflateFailed, .frameTooBig, .messageTooBig, .tooManyFragments:
            ""
        }
    }
}

extension FrameHeader {
    /// The bits of `count` payload bytes from `offset` on, counted from the frame's first bit.
    package func payloadBits(_ offset: UInt64, count: Int) -> Range<Int> {
        let start = (size &+ Int(truncatingIfNeeded: offset)) &* 8
        return start..<(start &+ count &* 8)
    }

    /// The bits after the seven of the short length that write the length, if there are any.
    private var extendedLengthBits: Range<Int> {
        switch lengthForm {
        case .bits7: 16..<16
        case .bits16: 16..<32
        case .bits64: 16..<80
        }
    }

    /// From the first to the last reserved bit that is set and must not be.
    fileprivate func guiltyReservedBits(_ isCompressionAgreed: Bool) -> Range<Int> {
        let first = rsv1 && !isCompressionAgreed ? 1 : rsv2 ? 2 : 3
        return first..<max(first + 1, rsv3 ? 4 : rsv2 ? 3 : 2)
    }

    fileprivate func guiltyBits(_ rule: Violation.Rule) -> Range<Int>? {
        switch rule {
        case .clientUnmasked, .serverMasked: 8..<9
        case .reservedBit: 1..<4
        case .rsv1OnControl, .rsv1OnContinuation: 1..<2
        case .reservedOpcode, .continuationWithoutStart, .dataFrameInsideMessage: 4..<8
        case .controlFragmented: 0..<1
        case .controlTooLong, .frameTooBig, .lengthNotMinimal: 9..<extendedLengthBits.upperBound
        case .lengthTopBit: 16..<17
        case .frameAfterClose, .messageTooBig, .tooManyFragments, .inflateFailed: nil
        case .invalidUTF8, .invalidUTF8Reason, .closeBodyOneByte, .closeCodeForbidden: nil
        }
    }
}
