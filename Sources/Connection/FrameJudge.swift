package import Wire

/// Judges what one endpoint of a connection sends, frame after frame, RFC 6455 §5 and RFC 7692 §6.
///
/// It names what was broken and goes on with the most likely reading, so that an observer can tell everything that
/// follows; an endpoint fails the connection on the first violation. For every frame of that side, in order:
///
///     let broken = judge.begin(header)               // the header, alone and in its order
///     judge.applicationData(bytes, at: offset)       // pieces of a data frame's payload, unmasked and inflated
///     judge.closeBody(bytes)                         // the whole body, of a Close
///     judge.end()                                    // the frame is complete
package struct FrameJudge: Sendable {
    /// A message of which at least the first frame has begun.
    package struct Message: Hashable, Sendable {
        /// The opcode of its first frame.
        package let opcode: Opcode
        /// RSV1 was set on its first frame and compression is agreed, RFC 7692 §6.
        package let isCompressed: Bool
        package fileprivate(set) var fragments = 1
        fileprivate var validator = UTF8Validator()
        /// It is text, and nothing wrong was found in it yet.
        fileprivate var isValidated: Bool

        fileprivate init(_ opcode: Opcode, isCompressed: Bool) {
            self.opcode = opcode
            self.isCompressed = isCompressed
            isValidated = opcode == .text
        }
    }

    package let sender: Side
    /// Whether permessage-deflate was agreed on, so that RSV1 has a meaning.
    package let isCompressionAgreed: Bool
    /// The message that the frame under way belongs to, or that waits for its next fragment.
    package var message: Message? { isInMessage ? current : nil }
    /// The sender's Close frame has begun; nothing may follow it.
    package private(set) var hasClosed = false

    private var isInMessage = false
    /// Meaningful while `isInMessage`; no optional, so that the usual frame moves no memory.
    private var current = Message(.continuation, isCompressed: false)
    /// The fragmented message that a complete one was pushed into: not allowed, and most likely continued.
    private var interrupted: Message?
    /// Whether it is known what came before: not where an observer begins in the middle.
    private var isOrderKnown: Bool
    private var header = FrameHeader(byte0: 0, byte1: 0, payloadLength: 0, maskingKey: nil)

    /// - Parameter startsMidstream: The first frame need not be the sender's first: it may continue a message.
    package init(sender: Side, isCompressionAgreed: Bool = false, startsMidstream: Bool = false) {
        self.sender = sender
        self.isCompressionAgreed = isCompressionAgreed
        isOrderKnown = !startsMidstream
    }

    /// Takes the header of the next frame.
    /// - Returns: Everything that is wrong with it, alone and after what came before. Empty, and then without an
    ///   allocation, for a header that keeps to the rules.
    package mutating func begin(_ header: FrameHeader) -> [Violation] {
        if header.isMasked == (sender == .client), header.byte0 & 0x70 == 0, !hasClosed, beginClean(header) {
            self.header = header
            return []
        }
        let violations = judge(header)
        follow(header)
        return violations
    }

    /// Takes a header of which mask and reserved bits are as they must be, if the rest is.
    private mutating func beginClean(_ header: FrameHeader) -> Bool {
        switch header.byte0 & 0x0f {
        case 0x1, 0x2:
            guard !isInMessage, header.hasValidLength else { return false }
            current = Message(header.opcode, isCompressed: false)
            isInMessage = true
            isOrderKnown = true
            return true
        case 0x0:
            guard isInMessage, header.hasValidLength else { return false }
            current.fragments &+= 1
            return true
        case 0x9, 0xa:
            return header.fin && header.shortLength <= 125
        default:
            return false
        }
    }

    /// Takes bytes of the message under way, after unmasking and inflation; text is judged as it comes, §8.1.
    /// - Parameter offset: Where in the frame's payload `bytes` begin; nil where inflation has moved them.
    /// - Returns: A violation once a message, at the first byte that cannot be.
    package mutating func applicationData(_ bytes: Span<UInt8>, at offset: UInt64?) -> Violation? {
        guard isInMessage, current.isValidated else { return nil }
        let before = current.validator
        if current.validator.validate(bytes) { return nil }
        current.isValidated = false
        guard let offset else { return Violation(.invalidUTF8) }
        let index = FrameJudge.firstInvalid(bytes, after: before)
        return Violation(
            .invalidUTF8, bits: header.payloadBits(offset &+ UInt64(index), count: 1),
            detail: "payload byte \(offset &+ UInt64(index))")
    }

    /// Takes the complete, unmasked body of the Close frame under way, §5.5.1.
    package func closeBody(_ body: Span<UInt8>) -> [Violation] {
        switch body.count {
        case 0: return []
        case 1: return [Violation(.closeBodyOneByte, bits: header.payloadBits(0, count: 1))]
        default: break
        }
        var violations: [Violation] = []
        let code = StatusCode(rawValue: UInt16(body[0]) << 8 | UInt16(body[1]))
        if !code.isAllowedOnWire {
            violations.append(
                Violation(.closeCodeForbidden, bits: header.payloadBits(0, count: 2), detail: "status code \(code)"))
        }
        let reason = body.extracting(2...)
        if !UTF8Validator.isValid(reason) {
            let index = FrameJudge.firstInvalid(reason, after: UTF8Validator())
            violations.append(
                Violation(
                    .invalidUTF8Reason, bits: header.payloadBits(UInt64(2 + index), count: 1),
                    detail: "payload byte \(2 + index)"))
        }
        return violations
    }

    /// The frame under way is complete, and with a data frame whose FIN is set, its message.
    /// - Returns: A text message must not end inside a character.
    package mutating func end() -> Violation? {
        guard !header.isControl, header.fin, isInMessage else { return nil }
        let isCut = current.isValidated && !current.validator.isComplete
        let isCompressed = current.isCompressed
        isInMessage = false
        if let interrupted { resume(interrupted) }
        guard isCut else { return nil }
        let last = header.payloadLength > 0 ? header.payloadBits(header.payloadLength &- 1, count: 1) : nil
        return Violation(.invalidUTF8, bits: isCompressed ? nil : last, detail: "the message ends inside a character")
    }

    private mutating func resume(_ message: Message) {
        current = message
        isInMessage = true
        interrupted = nil
    }

    /// Bytes of the message under way were missed: its text can no longer be judged.
    package mutating func missBytes() {
        current.isValidated = false
    }

    private mutating func follow(_ header: FrameHeader) {
        self.header = header
        if header.isControl {
            if header.opcode == .close { hasClosed = true }
            return
        }
        if header.opcode == .continuation, isInMessage {
            current.fragments &+= 1
            return
        }
        isOrderKnown = true
        interrupted = header.fin ? message : nil
        current = Message(header.opcode, isCompressed: header.rsv1 && isCompressionAgreed)
        isInMessage = true
    }

    /// The index of the byte at which `bytes` stop to be UTF-8; their count where they only end too early.
    private static func firstInvalid(_ bytes: Span<UInt8>, after validator: UTF8Validator) -> Int {
        var validator = validator
        for index in bytes.indices where !validator.validate(bytes.extracting(index..<(index + 1))) { return index }
        return bytes.count
    }
}

extension FrameHeader {
    fileprivate var hasValidLength: Bool { shortLength < 126 || (hasMinimalLength && payloadLength >> 63 == 0) }
}

/// The slow road: all that is wrong.
extension FrameJudge {
    private func judge(_ header: FrameHeader) -> [Violation] {
        var rules: [Violation.Rule] = []
        if hasClosed { rules.append(.frameAfterClose) }
        judgeReservedBits(header, &rules)
        if header.opcode.isReserved { rules.append(.reservedOpcode) }
        judgeOrder(header, &rules)
        if header.isMasked != (sender == .client) {
            rules.append(sender == .client ? .clientUnmasked : .serverMasked)
        }
        if header.isControl {
            if !header.fin { rules.append(.controlFragmented) }
            if header.shortLength > 125 { rules.append(.controlTooLong) }
        }
        if !header.hasMinimalLength { rules.append(.lengthNotMinimal) }
        if header.payloadLength >> 63 != 0 { rules.append(.lengthTopBit) }
        return rules.map { Violation($0, in: header, isCompressionAgreed: isCompressionAgreed) }
    }

    private func judgeReservedBits(_ header: FrameHeader, _ rules: inout [Violation.Rule]) {
        if header.rsv2 || header.rsv3 || (header.rsv1 && !isCompressionAgreed) { rules.append(.reservedBit) }
        guard header.rsv1, isCompressionAgreed else { return }
        if header.isControl {
            rules.append(.rsv1OnControl)
        } else if header.opcode == .continuation {
            rules.append(.rsv1OnContinuation)
        }
    }

    private func judgeOrder(_ header: FrameHeader, _ rules: inout [Violation.Rule]) {
        guard !header.isControl else { return }
        if header.opcode == .continuation {
            if !isInMessage, isOrderKnown { rules.append(.continuationWithoutStart) }
        } else if isInMessage {
            rules.append(.dataFrameInsideMessage)
        }
    }
}
