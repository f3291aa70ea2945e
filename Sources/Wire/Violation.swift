/// A MUST of the standard that was broken on the wire.
///
/// A value that names the rule, the bits and the section; whether to act on it is for an endpoint to decide.
package struct Violation: Hashable, Sendable {
    package let rule: Rule
    /// The guilty bits, counted from the first bit of the frame; nil where the frame as a whole, or what is
    /// missing, is at fault.
    package let bits: Range<Int>?
    /// Figures of this one case, such as "status code 1005"; safe ASCII, never text of the peer. May be empty.
    package let detail: String

    package init(_ rule: Rule, bits: Range<Int>? = nil, detail: String = "") {
        self.rule = rule
        self.bits = bits
        self.detail = detail
    }

    /// One case a rule of RFC 6455 or RFC 7692 about frames and messages.
    package enum Rule: String, Hashable, Sendable, CaseIterable {
        // One frame.
        case clientUnmasked, serverMasked
        case reservedBit, reservedOpcode
        case controlFragmented, controlTooLong
        case lengthNotMinimal, lengthTopBit
        // Frames in their order.
        case continuationWithoutStart, dataFrameInsideMessage, frameAfterClose
        // Payloads.
        case invalidUTF8, invalidUTF8Reason
        case closeBodyOneByte, closeCodeForbidden
        // Compression, RFC 7692.
        case rsv1OnControl, rsv1OnContinuation, inflateFailed
        // An endpoint's own limits, §10.4: no MUST of the sender, yet a reason to fail the connection.
        case frameTooBig, messageTooBig, tooManyFragments
    }
}

extension Violation.Rule {
    /// Where the standard says so.
    package var section: String {
        switch self {
        case .clientUnmasked, .serverMasked: "RFC 6455 §5.1"
        case .reservedBit, .reservedOpcode, .lengthNotMinimal, .lengthTopBit: "RFC 6455 §5.2"
        case .controlFragmented, .continuationWithoutStart, .dataFrameInsideMessage: "RFC 6455 §5.4"
        case .controlTooLong: "RFC 6455 §5.5"
        case .frameAfterClose, .closeBodyOneByte, .invalidUTF8Reason: "RFC 6455 §5.5.1"
        case .invalidUTF8: "RFC 6455 §8.1"
        case .closeCodeForbidden: "RFC 6455 §7.4"
        case .rsv1OnControl, .rsv1OnContinuation: "RFC 7692 §6.1"
        case .inflateFailed: "RFC 7692 §7.2.2"
        case .frameTooBig, .messageTooBig, .tooManyFragments: "RFC 6455 §10.4"
        }
    }

    /// The status code to fail the connection with, §7.1.7 and §7.4.1.
    package var statusCode: StatusCode {
        switch self {
        case .invalidUTF8, .invalidUTF8Reason, .inflateFailed: .invalidPayload
        case .frameTooBig, .messageTooBig, .tooManyFragments: .messageTooBig
        case .clientUnmasked, .serverMasked, .reservedBit, .reservedOpcode, .controlFragmented, .controlTooLong,
            .lengthNotMinimal, .lengthTopBit, .continuationWithoutStart, .dataFrameInsideMessage, .frameAfterClose,
            .closeBodyOneByte, .closeCodeForbidden, .rsv1OnControl, .rsv1OnContinuation:
            .protocolError
        }
    }

    /// One line for a person.
    package var explanation: String {
        switch self {
        case .clientUnmasked: "a client must mask every frame"
        case .serverMasked: "a server must not mask"
        case .reservedBit: "a reserved bit is set that no extension defines"
        case .reservedOpcode: "the opcode is reserved"
        case .controlFragmented: "a control frame must not be fragmented"
        case .controlTooLong: "a control frame's payload is at most 125 bytes"
        case .lengthNotMinimal: "the length is not in its minimal form"
        case .lengthTopBit: "the first bit of a 64-bit length must be 0"
        case .continuationWithoutStart: "a continuation without a message to continue"
        case .dataFrameInsideMessage: "a new message inside a fragmented one"
        case .frameAfterClose: "nothing may follow an endpoint's own Close"
        case .invalidUTF8: "a text message must be valid UTF-8"
        case .invalidUTF8Reason: "a close reason must be valid UTF-8"
        case .closeBodyOneByte: "a Close body is empty or has at least two bytes"
        case .closeCodeForbidden: "this status code must not be on the wire"
        case .rsv1OnControl: "RSV1 on a control frame: control frames are not compressed"
        case .rsv1OnContinuation: "RSV1 belongs on a message's first frame only"
        case .inflateFailed: "the compressed payload cannot be inflated"
        case .frameTooBig: "the frame is over this endpoint's limit"
        case .messageTooBig: "the message is over this endpoint's limit"
        case .tooManyFragments: "the message has more fragments than this endpoint allows"
        }
    }
}

extension Violation: CustomStringConvertible {
    package var description: String {
        detail.isEmpty ? rule.explanation : "\(rule.explanation): \(detail)"
    }
}
