import Wire

/// H04, H07 and H09 by the server's answers.
package enum NegotiationJudge {
    /// "The requested service requires … a version … the server MUST abort … and send an appropriate HTTP error code
    /// (such as 426 Upgrade Required) and a |Sec-WebSocket-Version| header field", RFC 6455 §4.2.2.
    /// - Parameter answer: To a request for version 7.
    package static func version(_ answer: HandshakeAnswer, _ exchange: [String]) -> ProbeOutcome {
        switch answer {
        case .head(let head) where head.status == 101:
            return .finding(
                "H04", "version 7 of the protocol is accepted", subject: "accepted", severity: .error, exchange)
        case .head(let head):
            if head.tokens("Sec-WebSocket-Version").contains("13") { return .pass("H04") }
            return .finding(
                "H04", "version 7 is refused with \(head.status ?? 0), without Sec-WebSocket-Version: 13",
                subject: "field", severity: .warning, exchange)
        case .notHTTP, .ended, .silence:
            return .finding(
                "H04", "version 7 is refused without an HTTP answer: \(answer.words)", subject: "field",
                severity: .warning, exchange)
        }
    }

    /// - Parameter name: A subprotocol that no server knows, offered alone.
    package static func subprotocol(
        _ answer: HandshakeAnswer, offered name: String, _ exchange: [String]
    ) -> ProbeOutcome {
        if answer == .silence { return .notApplicable("H07", "no answer in time") }
        guard case .head(let head) = answer, head.status == 101, head.tokens("Sec-WebSocket-Protocol").contains(name)
        else { return .pass("H07") }
        return .finding(
            "H07", "the server agrees to a subprotocol that nobody knows", subject: "junk", severity: .warning,
            exchange)
    }

    /// Four offers, each of which "a server MUST decline", RFC 7692 §7, or cannot know.
    package static let badOffer = [
        "x-ws101-probe", "permessage-deflate; ws101_probe=1", "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
    ].joined(separator: ", ")

    package static func badOffers(_ answer: HandshakeAnswer, _ exchange: [String]) -> ProbeOutcome {
        if answer == .silence { return .notApplicable("H09", "no answer in time") }
        guard case .head(let head) = answer, head.status == 101 else { return .pass("H09") }
        let chosen = head.tokens("Sec-WebSocket-Extensions")
        guard let first = chosen.first else { return .pass("H09") }
        let isUnknown = first.hasPrefix("x-ws101-probe")
        return .finding(
            "H09",
            isUnknown
                ? "the server agrees to an extension that nobody knows, x-ws101-probe"
                : "the server agrees to permessage-deflate with invalid parameters",
            subject: isUnknown ? "unknown" : "parameters", exchange)
    }

    /// A good offer that asks for a small window.
    package static let windowOffer = "permessage-deflate; server_max_window_bits=10; client_max_window_bits"

    package static func window(_ answer: HandshakeAnswer, _ exchange: [String]) -> ProbeOutcome {
        guard case .head(let head) = answer, head.status == 101 else {
            return .notApplicable("H09", "an offer of permessage-deflate is refused")
        }
        let response = head.values("Sec-WebSocket-Extensions")
        switch DeflateParameters.agreed(response: response, offer: [windowOffer]) {
        case .success: return .pass("H09")
        case .failure(let fault):
            return .finding(
                "H09", "the answer to \"\(windowOffer)\" is no agreement: \(Transcript.cut(fault.description))",
                subject: "window", exchange)
        }
    }
}
