package import Connection
package import Wire

/// Whose fault a violation is.
extension LintedConnection {
    /// The violation for which a frame's sender is to blame: the first one, for an endpoint fails the connection on it,
    /// RFC 6455 §7.1.7, and the others often follow from it. nil where the frame may not be what it seems.
    package func fault(of frame: Event.Frame) -> Violation? {
        guard !frame.violations.isEmpty, !frame.isGuess, !isMidstream, !isIncomplete[frame.side] else { return nil }
        let isInflated = !frame.violations.contains { $0.rule == .inflateFailed }
        return frame.violations.first { violation in
            if violation.rule.isLimit || (areExtensionsUnclear && violation.rule.isOpenToExtensions) { return false }
            if violation.rule == .frameAfterClose { return !hasFaultyClose[frame.side] }
            // What comes out of an inflater before it fails is no text, either.
            return violation.rule != .invalidUTF8 || isInflated
        }
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

    /// A header breaks it, alone or in its order: so do bytes that are none.
    var isOfFraming: Bool {
        switch self {
        case .clientUnmasked, .serverMasked, .reservedBit, .reservedOpcode, .controlFragmented, .controlTooLong,
            .lengthNotMinimal, .lengthTopBit, .continuationWithoutStart, .dataFrameInsideMessage, .rsv1OnControl,
            .rsv1OnContinuation:
            true
        case .frameAfterClose, .invalidUTF8, .invalidUTF8Reason, .closeBodyOneByte, .closeCodeForbidden,
            .inflateFailed, .frameTooBig, .messageTooBig, .tooManyFragments:
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
