import Wire

/// L03: "Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response", with the same bytes,
/// RFC 6455 §5.5.2 and §5.5.3.
package enum PingJudge {
    /// - Parameters:
    ///   - reply: To a Ping with `size` bytes; no good Pong.
    ///   - waited: Nanoseconds.
    package static func judge(_ reply: Reply, size: Int, waited: Int64, _ exchange: [String]) -> ProbeOutcome {
        switch reply {
        case .pong: return .pass("L03")
        case .strangePong:
            return .finding(
                "L03", "a Ping with \(Words.bytes(size)) got a Pong with other bytes", subject: "bytes", exchange)
        case .silence:
            return .finding(
                "L03", "no Pong within \(Words.duration(waited)) after a Ping with \(Words.bytes(size))",
                subject: "silence", exchange)
        case .close, .ended:
            return .finding(
                "L03", "a Ping with \(Words.bytes(size)) ended the connection: \(reply.words)", subject: "end", exchange
            )
        }
    }
}
