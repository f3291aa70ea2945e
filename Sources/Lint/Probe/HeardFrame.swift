package import Connection
package import Wire

/// A frame of the server.
package struct HeardFrame: Hashable, Sendable {
    package let header: FrameHeader
    /// Its first 4 KiB.
    package let payload: [UInt8]
    package let time: Timestamp

    package init(header: FrameHeader, payload: [UInt8], time: Timestamp) {
        self.header = header
        self.payload = payload
        self.time = time
    }

    var isData: Bool { !header.isControl }

    var text: String { String(decoding: payload, as: UTF8.self) }

    /// It may have something in it that nobody else should see.
    private var hasSecret: Bool {
        PayloadScan(payload.span).hits.contains { hit in
            switch hit.kind {
            case .privateKey, .cloudKey, .webToken, .namedSecret: true
            case .stackTrace, .sourceLine, .databaseError, .email, .card, .privateAddress: false
            }
        }
    }

    var words: String {
        let size = Words.bytes(Int(clamping: header.payloadLength))
        switch header.opcode {
        case .text where !header.rsv1 && !hasSecret: return "text, \(size): \(Transcript.quote(text))"
        case .close: return ClosePayload(payload.span).words
        case .text, .binary, .continuation, .ping, .pong, .reserved: return "\(header.opcode), \(size)"
        }
    }
}

extension ClosePayload {
    /// As in "Close 1002, "bad frame"".
    var words: String {
        switch self {
        case .empty: "Close without a code"
        case .truncated: "Close with one byte"
        case .status(let code, let reason):
            reason.isEmpty
                ? "Close \(code)" : "Close \(code), \(Transcript.quote(String(decoding: reason, as: UTF8.self)))"
        }
    }
}
