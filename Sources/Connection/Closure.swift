package import Wire

/// How a connection ended, or how far its ending has come: three truths, never one.
///
/// 1. What was on the wire: the Close frames. 2. What each endpoint concluded, RFC 6455 §7.1.4 and §7.1.5.
/// 3. What TCP did.
package struct Closure: Hashable, Sendable {
    /// The first Close frame of each side.
    package let wire: BothSides<CloseFrame?>
    /// The side whose Close was on the wire first.
    package let first: Side?
    /// Nanoseconds from the first Close to the other side's.
    package let closingHandshake: Int64?
    package let concluded: BothSides<Conclusion>
    package let tcp: BothSides<TCPEnd?>
    /// The side that ended TCP first.
    package let firstToEnd: Side?
    /// Whether there ever was a WebSocket connection.
    package let wasEstablished: Bool
    package let opened: Timestamp
    package let traffic: BothSides<Traffic>

    /// "If the TCP connection is closed after the WebSocket closing handshake is completed, the WebSocket connection is
    /// said to have been closed cleanly", §7.1.4.
    package var isClean: Bool {
        wire.client != nil && wire.server != nil && firstToEnd != nil
    }

    package struct CloseFrame: Hashable, Sendable {
        /// The number of the frame.
        package let frame: UInt64
        package let time: Timestamp
        package let payload: ClosePayload
    }

    package enum Conclusion: Hashable, Sendable {
        /// Nothing yet: the connection is open, or was when the recording ended.
        case open
        /// - Parameters:
        ///   - code: §7.1.5, of the Close it received; 1005 where that had none, 1006 where none came.
        ///   - failedOn: The violation on which it presumably failed the connection, §7.1.7.
        case closed(code: StatusCode, isClean: Bool, failedOn: Violation.Rule?)
        /// The recording lacks what would tell.
        case unknown
    }

    package struct TCPEnd: Hashable, Sendable {
        package let kind: Kind
        package let time: Timestamp

        package enum Kind: Hashable, Sendable { case fin, reset }
    }
}

/// What one side of a connection has sent.
package struct Traffic: Hashable, Sendable {
    /// All bytes, handshake included.
    package var bytes: UInt64 = 0
    package var frames: UInt64 = 0
    package var messages: UInt64 = 0
    /// Bytes of messages, after inflation.
    package var applicationBytes: UInt64 = 0
    package var violations: UInt64 = 0
    package var pings: UInt64 = 0
    /// Bytes that could not be decoded.
    package var undecodedBytes: UInt64 = 0

    package init() {}
}
