package import Wire

/// Something that happened on an observed connection, derived from its segments and from nothing else.
package struct Event: Sendable {
    package let connection: ConnectionID
    /// When it was complete: for a frame, when its last byte came.
    package let time: Timestamp
    package let kind: Kind

    package init(connection: ConnectionID, time: Timestamp, kind: Kind) {
        self.connection = connection
        self.time = time
        self.kind = kind
    }

    package enum Kind: Sendable {
        indirect case opened(Opening)
        /// An HTTP request or response: one side of an opening handshake, or an exchange before it.
        indirect case head(Head)
        /// The server answered 101: from here on both sides speak in frames.
        indirect case established(Handshake)
        case frame(Frame)
        /// A message is complete, or will never be.
        case message(Message)
        /// The frames of that side are decoded from a place where one seems to begin, and may be wrong.
        case guessed(from: Side)
        /// Bytes came that cannot be decoded. Told once for each side and reason; `Traffic` counts the bytes.
        case undecoded(from: Side, Undecoded)
        /// Bytes of that side are missing in the recording; nil where nobody knows how many.
        case hole(from: Side, count: UInt64?)
        /// The inspector changed the traffic itself.
        case effect(String)
        /// That side sends no more: a TCP FIN.
        case fin(from: Side)
        /// That side aborted: a TCP RST.
        case reset(from: Side)
        /// The connection has begun to end: a first Close, FIN or RST of either side came. Told after each of them.
        indirect case closing(Closure)
        /// The last event of a connection.
        indirect case closed(Closure)
    }
}

/// Takes the events of any number of connections.
package protocol EventSink {
    /// - Parameter payload: For a frame its payload, unmasked, as far as it came and is within the limit. For a message
    ///   its application data: all fragments, inflated. For a head its bytes, for an effect its text. Empty for all else.
    ///   Valid during the call only.
    mutating func receive(_ event: borrowing Event, payload: Span<UInt8>)
}

extension Event {
    /// Where in a recording something begins.
    package struct Location: Hashable, Sendable {
        /// The location of the `.bytes` segment that holds the first byte.
        package let segment: UInt64
        /// How many bytes of that segment come before.
        package let offset: Int

        package init(segment: UInt64, offset: Int) {
            self.segment = segment
            self.offset = offset
        }
    }

    /// Why bytes are not decoded.
    package enum Undecoded: Hashable, Sendable {
        /// The connection does not begin with HTTP: no WebSocket.
        case notHTTP
        case headTooLarge(HTTPLimits.Kind)
        /// HTTP went over to another protocol.
        case otherProtocol
        /// The recording begins inside the connection, and nothing tells where a frame begins.
        case midstream
        /// Bytes are missing, and nothing tells where the next frame begins.
        case afterHole
        /// The client sent more than the observer keeps before the server answered the opening handshake.
        case beforeAnswer
        /// The side had sent its FIN or RST before.
        case afterEnd
        /// A frame's header was cut off by the end of the recording or of the connection.
        case cutHeader
    }

    /// The head of an HTTP request or response.
    package struct Head: Hashable, Sendable {
        package let side: Side
        package let head: HTTPHead
        /// It asks for WebSocket, or answers such a request.
        package let isHandshake: Bool
        /// Everything the standard demands of it, each with a verdict; empty unless `isHandshake`.
        package let demands: [Demand]
        package let began: Timestamp
        package let location: Location?
    }

    /// The opening handshake, agreed.
    package struct Handshake: Hashable, Sendable {
        /// nil where the recording begins after it.
        package let request: HTTPHead?
        package let response: HTTPHead
        package let requestDemands: [Demand]
        package let responseDemands: [Demand]
        package let subprotocol: String?
        /// permessage-deflate with what both sides agreed on.
        package let compression: DeflateParameters?
        /// Nanoseconds from the first byte of the request to the last of the response; nil without a request.
        package let duration: Int64?
    }
}
