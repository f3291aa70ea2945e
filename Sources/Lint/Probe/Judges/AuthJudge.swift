import Wire

/// S01: what a server's behaviour towards a client without credentials means.
package enum AuthJudge {
    package enum Welcome: Hashable, Sendable {
        /// The first thing it said, or that it ended the connection.
        case said(Heard)
        /// It said nothing for so many seconds, and then this to a Ping.
        case worksAfter(seconds: Double, Reply)
    }

    package static func judge(_ welcome: Welcome, _ exchange: [String]) -> ProbeOutcome {
        switch welcome {
        case .said(.frame(let frame)) where frame.header.opcode == .close: judge(ClosePayload(frame.payload.span))
        case .said(.frame(let frame)): judge(frame, exchange)
        case .said(.ended): .notApplicable("S01", "the server ended the connection before it served anything")
        case .said(.silence): .notApplicable("S01", "the server said nothing")
        case .worksAfter(let seconds, .pong):
            .finding(
                "S01", "a client without credentials is connected, and its Ping answered after \(Int(seconds)) s",
                severity: .warning, confidence: .medium, exchange)
        case .worksAfter(_, .close(let payload)): judge(payload)
        case .worksAfter: .notApplicable("S01", "the server said nothing")
        }
    }

    private static func judge(_ payload: ClosePayload) -> ProbeOutcome {
        switch payload.closeCode.rawValue {
        case 1008, 3000, 3003, 4000...4999: .pass("S01")
        default: .notApplicable("S01", "the server ended the connection before it served anything")
        }
    }

    private static func judge(_ frame: HeardFrame, _ exchange: [String]) -> ProbeOutcome {
        let asks = SpokenCredential.isIn(frame.payload.span) || frame.text.lowercased().contains("unauthorized")
        if asks { return .pass("S01") }
        return .finding(
            "S01", "a client without credentials is connected and served: it got \(frame.words)", severity: .error,
            exchange)
    }
}
