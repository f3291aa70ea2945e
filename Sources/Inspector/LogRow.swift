package import Connection
package import Wire

/// One line of the log: a frame, or something else that happened.
package struct LogRow: Hashable, Sendable {
    /// Counts all rows of the log from 0; never changes, never given twice.
    package let id: Int
    package let connection: ConnectionID
    package let time: Timestamp
    package let kind: Kind

    package enum Kind: Hashable, Sendable {
        case opened
        /// - Parameter broken: How many demands of the opening handshake it breaks.
        case request(isHandshake: Bool, broken: Int)
        case response(status: Int, isHandshake: Bool, broken: Int)
        case established
        case frame(LogFrame)
        case guessed(from: Side)
        case undecoded(from: Side, Event.Undecoded)
        case hole(from: Side, count: UInt64?)
        /// `Log.text(of:)` tells what the inspector did.
        case effect
        case fin(from: Side)
        case reset(from: Side)
        /// The connection is over; its summary has the closure.
        case closed
    }

    package var frame: LogFrame? {
        if case .frame(let frame) = kind { frame } else { nil }
    }

    /// Who sent it; nil for what nobody sent.
    package var side: Side? {
        switch kind {
        case .opened, .established, .effect, .closed: nil
        case .request: .client
        case .response: .server
        case .frame(let frame): frame.side
        case .guessed(let side), .undecoded(let side, _), .hole(let side, _), .fin(let side), .reset(let side): side
        }
    }
}

/// What the log keeps of a frame. Its payload stays on disk: `Log.payload(of:)`.
package struct LogFrame: Hashable, Sendable {
    package let side: Side
    /// Counts the frames of both sides of the connection from 1.
    package let number: UInt64
    package let header: FrameHeader
    /// Bytes of the payload that came.
    package let received: UInt64
    /// For a data frame, the number of its message.
    package let message: UInt64?
    package let isCompressed: Bool
    package let isGuess: Bool
    /// It completes a message of several frames, or a compressed one: `Log.message(of:)` has what was said.
    package let completesMessage: Bool
    package let rules: [Violation.Rule]
    /// For a Pong that answers a Ping, nanoseconds from Ping to Pong.
    package let roundTrip: Int64?
    /// Ping ↔ Pong: the row of the other one.
    package let counterpart: Int?
    package let location: Event.Location?

    package var isComplete: Bool { received == header.payloadLength }

    /// What is wrong with its header, with the guilty bits; of the payload's violations the rule alone.
    package func violations(isCompressionAgreed: Bool) -> [Violation] {
        rules.map { Violation($0, in: header, isCompressionAgreed: isCompressionAgreed) }
    }
}
