package import Wire

/// What an endpoint tells after it has taken bytes or time has passed. Trivial to copy: whatever is larger stays in the
/// endpoint, and pointers are valid until the endpoint is called again.
package enum Reaction {
    /// Server: the request is complete and in `Endpoint.request`. Nothing is read until `accept` or `refuse` answers it.
    case requested
    /// Client: the server's response is good; the connection is open.
    case opened
    /// A complete message, unmasked, inflated, and valid UTF-8 where the opcode is text. The bytes may be changed.
    case message(Opcode, UnsafeMutableRawBufferPointer)
    /// A Ping; its Pong is in the output.
    case ping(UnsafeMutableRawBufferPointer)
    /// A Pong, with the nanoseconds since the Ping that it answers; nil where nobody asked.
    case pong(UnsafeMutableRawBufferPointer, roundTrip: Int64?)
    /// The peer's Close is in `Endpoint.closeReceived`; the answer, if one is due, in the output.
    case closed
    /// The endpoint failed the connection, §7.1.7: `Endpoint.failure` tells why, and what there was to say to the peer
    /// is in the output.
    case failed
}

/// Why an endpoint failed the connection, or found it lost.
package enum Failure: Hashable, Sendable {
    /// The peer broke a MUST, or passed a limit.
    case violation(Violation)
    /// Client: these demands on the response are broken, §4.1.
    case handshake([Demand])
    /// Client: the server answered with another status than 101.
    case refused(status: Int)
    /// Server: the request was answered with this status instead of 101.
    case answered(status: Int)
    case headTooLarge(HTTPLimits.Kind)
    case notHTTP
    case handshakeTimeout
    case pongTimeout
    case closeTimeout
    /// TCP ended without a closing handshake: 1006.
    case connectionLost
}

/// What an endpoint wants of the TCP connection.
package enum TCPDemand: Hashable, Sendable {
    case keep
    /// Send what is in the output, then FIN; then wait for the peer's.
    case finish
    /// Close it now.
    case abort
}
