package import Wire

extension Event {
    /// A frame, exactly as it was on the wire and judged.
    package struct Frame: Hashable, Sendable {
        package let side: Side
        /// Counts the frames of both sides of the connection from 1.
        package let number: UInt64
        package let header: FrameHeader
        /// When its first byte came.
        package let began: Timestamp
        package let location: Location?
        /// Bytes of the payload that came; fewer than announced only where the recording or the connection ended.
        package let received: UInt64
        /// For a data frame, the number of its message.
        package let message: UInt64?
        /// For a data frame, its place in the message, from 0.
        package let fragment: Int
        /// It is part of a compressed message.
        package let isCompressed: Bool
        package let violations: [Violation]
        /// For a Pong, the Ping that it answers; nil where nobody asked.
        package let answers: Ping?
        /// It was found by a guess, see `Event.Kind.guessed`.
        package let isGuess: Bool

        package var isComplete: Bool { received == header.payloadLength }
    }

    /// A Ping that was answered.
    package struct Ping: Hashable, Sendable {
        /// The number of its frame.
        package let frame: UInt64
        package let sent: Timestamp
        /// Nanoseconds from the Ping's last byte to the Pong's.
        package let roundTrip: Int64
        /// How many earlier Pings this Pong leaves unanswered: only the newest needs one, RFC 6455 §5.5.3.
        package let skipped: Int
    }

    /// A message, put together from its fragments.
    package struct Message: Hashable, Sendable {
        package let side: Side
        /// Counts the messages of both sides of the connection from 1.
        package let number: UInt64
        /// Text or binary, or what the first frame had instead.
        package let opcode: Opcode
        package let fragments: Int
        /// The numbers of its first and last frame.
        package let frames: ClosedRange<UInt64>
        /// When its first byte came.
        package let began: Timestamp
        /// Bytes of all payloads.
        package let wireBytes: UInt64
        /// Bytes after inflation.
        package let applicationBytes: UInt64
        package let isCompressed: Bool
        /// The payload of this event ends before the message does.
        package let truncation: Truncation?
        /// What is wrong with its payload; the guilty frame tells the same.
        package let violations: [Violation]
    }

    /// Why not all of a message can be shown.
    package enum Truncation: Hashable, Sendable {
        /// It is larger than the observer keeps.
        case limit
        /// It cannot be inflated, or an earlier message could not that it builds upon.
        case notInflated
        /// Bytes are missing in the recording.
        case hole
        /// Its last frame never came.
        case unfinished
    }
}
