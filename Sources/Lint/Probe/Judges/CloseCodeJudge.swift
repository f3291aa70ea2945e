package import Wire

/// C04: whether a Close says why, RFC 6455 §7.4.1.
package enum CloseCodeJudge {
    /// - Parameters:
    ///   - payload: Of the server's Close.
    ///   - cause: What the client did wrong: "an unmasked frame (F01)".
    ///   - expected: The code that fits best.
    package static func judge(
        _ payload: ClosePayload, after cause: String, expected: StatusCode, _ exchange: [String]
    ) -> ProbeOutcome {
        let code = payload.closeCode
        switch code.rawValue {
        case 1002, 1003, 1007...1010, 3000...4999: return .pass("C04")
        case 1005:
            return .finding(
                "C04", "after \(cause) the server's Close has no code; \(expected) would say why", subject: "none",
                exchange)
        default:
            return .finding(
                "C04", "after \(cause) the server's Close says \(code); \(expected) would fit", subject: "\(code)",
                exchange)
        }
    }
}
