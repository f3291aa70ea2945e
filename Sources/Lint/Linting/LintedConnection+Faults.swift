package import Connection
package import Wire

/// Whose fault a violation is.
extension LintedConnection {
    /// The violation for which a frame's sender is to blame: the first one, for an endpoint fails the connection on it,
    /// RFC 6455 §7.1.7, and the others often follow from it. nil where the frame may not be what it seems.
    package func fault(of frame: Event.Frame) -> Violation? {
        guard !frame.violations.isEmpty, !frame.isGuess, !isMidstream, !isIncomplete[frame.side] else { return nil }
        let mayDiffer = areExtensionsUnclear
        return frame.violations.first { !$0.rule.isLimit && !(mayDiffer && $0.rule.isOpenToExtensions) }
    }

    /// Whether that side has sent a frame with one of these opcodes.
    package func hasSent(_ opcodes: Set<Opcode>, from side: Side) -> Bool {
        opcodes.contains { self.opcodes[side] & (1 << UInt16($0.bits)) != 0 }
    }
}

extension Violation.Rule {
    /// An endpoint's own limit, no rule of the standard.
    var isLimit: Bool {
        switch self {
        case .frameTooBig, .messageTooBig, .tooManyFragments: true
        case .clientUnmasked, .serverMasked, .reservedBit, .reservedOpcode, .controlFragmented, .controlTooLong,
            .lengthNotMinimal, .lengthTopBit, .continuationWithoutStart, .dataFrameInsideMessage, .frameAfterClose,
            .invalidUTF8, .invalidUTF8Reason, .closeBodyOneByte, .closeCodeForbidden, .rsv1OnControl,
            .rsv1OnContinuation, .inflateFailed:
            false
        }
    }

    /// The header alone breaks it, as bytes do that are none.
    var isOfHeader: Bool {
        switch self {
        case .clientUnmasked, .serverMasked, .reservedBit, .reservedOpcode, .controlFragmented, .controlTooLong,
            .lengthNotMinimal, .lengthTopBit, .rsv1OnControl, .rsv1OnContinuation:
            true
        case .continuationWithoutStart, .dataFrameInsideMessage, .frameAfterClose, .invalidUTF8, .invalidUTF8Reason,
            .closeBodyOneByte, .closeCodeForbidden, .inflateFailed, .frameTooBig, .messageTooBig, .tooManyFragments:
            false
        }
    }

    /// An extension may allow it, RFC 6455 §5.2, §5.4 and §9.
    var isOpenToExtensions: Bool {
        switch self {
        case .reservedBit, .reservedOpcode, .continuationWithoutStart, .dataFrameInsideMessage, .invalidUTF8,
            .rsv1OnControl, .rsv1OnContinuation, .inflateFailed:
            true
        case .clientUnmasked, .serverMasked, .controlFragmented, .controlTooLong, .lengthNotMinimal, .lengthTopBit,
            .frameAfterClose, .invalidUTF8Reason, .closeBodyOneByte, .closeCodeForbidden, .frameTooBig,
            .messageTooBig, .tooManyFragments:
            false
        }
    }
}
