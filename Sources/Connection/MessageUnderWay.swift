import Wire

/// A message of an observed connection that is not complete.
struct MessageUnderWay {
    let number: UInt64
    let opcode: Opcode
    let isCompressed: Bool
    let began: Timestamp
    var fragments = 0
    var frames: ClosedRange<UInt64> = 0...0
    var wireBytes: UInt64 = 0
    var applicationBytes: UInt64 = 0
    /// What was said so far; unused for a message of one frame that is not compressed.
    var kept = KeptBytes()
    var truncation: Event.Truncation?
    var violations: [Violation] = []

    init(number: UInt64, header: FrameHeader, isCompressed: Bool, began: Timestamp) {
        self.number = number
        opcode = header.opcode
        self.isCompressed = isCompressed
        self.began = began
    }

    mutating func addFrame(_ number: UInt64) {
        frames = fragments == 0 ? number...number : frames.lowerBound...number
        fragments += 1
    }

    func event(side: Side, truncation: Event.Truncation?) -> Event.Message {
        Event.Message(
            side: side, number: number, opcode: opcode, fragments: fragments, frames: frames, began: began,
            wireBytes: wireBytes, applicationBytes: applicationBytes, isCompressed: isCompressed,
            truncation: truncation, violations: violations)
    }
}
