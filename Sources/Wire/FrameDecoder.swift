/// Bytes of one direction of a connection, in; frames, out, RFC 6455 §5.2.
///
/// Total: every byte stream, cut anywhere, gives the same headers and payload bytes. Nothing is judged, nothing is
/// buffered but a header that is not complete, and a payload is told as a range of the caller's own bytes:
///
///     var offset = 0
///     while let step = decoder.next(bytes, at: &offset) {
///         switch step {
///         case .header(let header): …
///         case .payload(let range): …   // still masked; `payloadOffset` bytes of it came before
///         case .end: …
///         }
///     }
package struct FrameDecoder: Sendable {
    package enum Step: Hashable, Sendable {
        /// A frame begins. Followed by any number of `payload`, then `end`.
        case header(FrameHeader)
        /// Bytes of the payload, as they stand in the caller's span.
        case payload(Range<Int>)
        /// The frame is complete.
        case end
    }

    /// The frame under way; meaningful between `header` and `end`.
    package private(set) var header = FrameHeader(byte0: 0, byte1: 0, payloadLength: 0, maskingKey: nil)
    /// How many payload bytes of this frame were told before the last `payload` step.
    package private(set) var payloadOffset: UInt64 = 0

    private var told: UInt64 = 0
    private var isInPayload = false
    private var partial = InlineArray<14, UInt8>(repeating: 0)
    private var partialCount = 0

    package init() {}

    /// Whether the bytes so far end between two frames.
    package var isAtBoundary: Bool { !isInPayload && partialCount == 0 }

    /// How many payload bytes of the frame under way are still to come.
    package var remaining: UInt64 { isInPayload ? header.payloadLength &- told : 0 }

    /// The bytes of a header that is not complete yet, at most 13 of them.
    package var pendingHeader: [UInt8] { (0..<partialCount).map { partial[$0] } }

    /// The next step, or nil when `bytes` is used up.
    package mutating func next(_ bytes: Span<UInt8>, at offset: inout Int) -> Step? {
        if isInPayload { return nextPayload(bytes, at: &offset) }
        if partialCount == 0, let header = FrameHeader.read(bytes, at: offset) {
            offset &+= header.size
            return begin(header)
        }
        return collectHeader(bytes, at: &offset)
    }

    /// Takes `count` payload bytes as told although nobody has them.
    /// - Returns: False where so many do not remain of the frame under way; then nothing has changed.
    package mutating func skip(_ count: UInt64) -> Bool {
        guard isInPayload, count <= header.payloadLength &- told else { return false }
        told &+= count
        return true
    }

    private mutating func nextPayload(_ bytes: Span<UInt8>, at offset: inout Int) -> Step? {
        let remaining = header.payloadLength &- told
        if remaining == 0 {
            isInPayload = false
            return .end
        }
        guard offset < bytes.count else { return nil }
        let count = Int(min(UInt64(bytes.count &- offset), remaining))
        let range = offset..<(offset &+ count)
        payloadOffset = told
        told &+= UInt64(count)
        offset = range.upperBound
        return .payload(range)
    }

    private mutating func begin(_ header: FrameHeader) -> Step {
        self.header = header
        told = 0
        payloadOffset = 0
        isInPayload = true
        return .header(header)
    }

    private mutating func collectHeader(_ bytes: Span<UInt8>, at offset: inout Int) -> Step? {
        while offset < bytes.count {
            partial[partialCount] = bytes[offset]
            partialCount += 1
            offset += 1
            guard partialCount >= 2, partialCount == FrameHeader.size(byte1: partial[1]) else { continue }
            let header = FrameHeader.read(partial.span, at: 0)
            partialCount = 0
            // `size` bytes are there, so `read` has all that it needs.
            return header.map { begin($0) }
        }
        return nil
    }
}
