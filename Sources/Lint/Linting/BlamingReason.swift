import Wire

/// What the reason of a Close says went wrong, and so which status code belongs to it.
enum BlamingReason: Hashable {
    case protocolBroken, textInvalid, policy, tooBig, internalFault

    /// - Returns: nil where it blames nobody, in words that are known here.
    init?(_ reason: String) {
        let text = reason.lowercased()
        guard let found = Self.words.first(where: { text.hasAny(of: $0.words) }) else {
            return nil
        }
        self = found.fault
    }

    /// The code for it, RFC 6455 §7.4.1.
    var code: StatusCode {
        switch self {
        case .protocolBroken: .protocolError
        case .textInvalid: .invalidPayload
        case .policy: .policyViolation
        case .tooBig: .messageTooBig
        case .internalFault: .internalError
        }
    }

    /// Whether it is the peer's fault, and not that of the side that closes.
    var isOfPeer: Bool { self != .internalFault }

    private static let words: [(fault: BlamingReason, words: [StaticString])] = [
        (.tooBig, ["too big", "too large", "too long", "payload size", "message size", "max payload"]),
        (
            .policy,
            [
                "unauthorized", "unauthorised", "unauthenticated", "not authorized", "not authenticated", "forbidden",
                "access denied", "permission denied", "invalid token", "token expired", "expired token", "bad token",
                "rate limit", "limit exceeded", "too many", "quota", "policy",
            ]
        ),
        (.textInvalid, ["utf-8", "utf8", "invalid json", "malformed", "invalid message", "invalid payload"]),
        (.protocolBroken, ["protocol error", "invalid frame", "invalid opcode"]),
        (
            .internalFault,
            ["internal error", "server error", "unexpected error", "unhandled", "exception", "crash", "panic"]
        ),
    ]
}
