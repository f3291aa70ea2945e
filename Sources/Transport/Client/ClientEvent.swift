package import Wire

/// What happens on a client's open connection.
package enum ClientEvent: Sendable {
    /// The first event: the opening handshake is complete.
    case opened
    case message(Message.Kind, [UInt8])
    case ping([UInt8])
    /// With the nanoseconds since the Ping that it answers; nil where nobody asked.
    case pong([UInt8], roundTrip: Int64?)
    /// The server's Close.
    case closed(ClosePayload)
    /// The last event.
    case ended(ClientEnding)
}

/// How a client's connection ended: what was on the wire, what is concluded from it, what TCP did.
package struct ClientEnding: Hashable, Sendable {
    package let sent: ClosePayload?
    package let received: ClosePayload?
    /// RFC 6455 §7.1.5: of the server's Close, 1005 where that had none, 1006 where none came.
    package let code: StatusCode
    /// Both sides sent a Close, nothing failed, and TCP ended behind it, §7.1.4.
    package let isClean: Bool
    /// Why the client failed the connection, or found it lost; nil for a closing handshake.
    package let failure: String?
    package let tcp: String

    /// Whether it ended as it should: cleanly, and with a code that says nothing went wrong.
    package var isGood: Bool { isClean && [1000, 1001, 1005].contains(code.rawValue) }
}

extension ClientEnding: CustomStringConvertible {
    /// The three truths in one line; safe text.
    package var description: String {
        let wire = [sent.map { "sent \(Self.text($0))" }, received.map { "received \(Self.text($0))" }]
        let onWire = wire.compactMap { $0 }
        var concluded = "\(code)" + (code.meaning.map { " \($0)" } ?? "") + (isClean ? ", clean" : ", not clean")
        if let failure { concluded += ": \(failure)" }
        return "closed: \(concluded); on the wire: \(onWire.isEmpty ? "no Close" : onWire.joined(separator: ", "))"
            + "; TCP: \(tcp)"
    }

    private static func text(_ payload: ClosePayload) -> String {
        switch payload {
        case .empty: "Close without a code"
        case .truncated: "Close with one byte"
        case .status(let code, let reason):
            "Close \(code)" + (reason.isEmpty ? "" : " \"\(SafeText.escape(reason))\"")
        }
    }
}
