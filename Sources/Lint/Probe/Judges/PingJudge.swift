import Wire

/// L03: "Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response", with the same bytes,
/// RFC 6455 §5.5.2 and §5.5.3.
enum PingJudge {
    /// - Parameter reply: To a Ping with `size` bytes; no good Pong.
    static func judge(_ reply: Reply, size: Int, _ exchange: [String]) -> ProbeOutcome {
        switch reply {
        case .pong: return .pass("L03")
        case .strangePong:
            return .finding(
                "L03", "a Ping with \(Words.bytes(size)) got a Pong with other bytes", subject: "bytes", exchange)
        case .silence:
            return .finding(
                "L03", "no Pong within 5 s after a Ping with \(Words.bytes(size))", subject: "silence", exchange)
        case .close, .ended:
            return .finding(
                "L03", "a Ping with \(Words.bytes(size)) ended the connection: \(reply.words)", subject: "end", exchange
            )
        }
    }
}
